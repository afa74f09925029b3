package dev.millrace.console.tryit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.millrace.StreamException;
import dev.millrace.StreamOperations;
import dev.millrace.config.DryRuns;
import dev.millrace.console.ConsoleOperations;
import dev.millrace.console.ConsolePage;
import dev.millrace.console.ConsoleRequest;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.PublishedTopics;

/**
 * Page <em>Try it</em>.
 */
public final class TryItPage implements ConsolePage {

	private static final Log logger = LogFactory.getLog(TryItPage.class);

	private static final int SECONDS = 10;

	private static final int MAX_SECONDS = 60;

	/**
	 * How much longer than its own time something may take before it is given up.
	 */
	private static final int GRACE = 5;

	private final EndpointRegistry endpoints;

	private final PublishedTopics published;

	private final DryTrials dry;

	private final LiveTrials live;

	/**
	 * Create the page.
	 * @param endpoints the subscribers
	 * @param published what is published beside their results
	 * @param runs makes dry runs
	 * @param operations publishes, asked for late
	 */
	public TryItPage(EndpointRegistry endpoints, PublishedTopics published, DryRuns runs,
			Supplier<StreamOperations> operations) {
		this.endpoints = endpoints;
		this.published = published;
		this.dry = new DryTrials(runs);
		this.live = new LiveTrials(operations, endpoints, published);
	}

	@Override
	public void addTo(ConsoleOperations operations) {
		operations.read("try", (request) -> targets())
			.write("try/check", (request) -> perform(request, "checked", (trial, time) -> this.dry.check(trial)))
			.write("try/run", (request) -> perform(request, "run dry", this.dry::run))
			.write("try/publish", (request) -> perform(request, "published", (trial, time) -> this.live.publish(trial)))
			.write("try/request", (request) -> perform(request, "asked for an answer", this.live::request));
	}

	private List<Target> targets() {
		return Stream
			.concat(this.endpoints.all().stream().map(Target::of),
					this.published.publications()
						.stream()
						.map((publication) -> Target.of(publication.publisher().topic(), "send-" + publication.id())))
			.toList();
	}

	private static TrialResult perform(ConsoleRequest request, String what, Attempt attempt) throws Exception {
		Trial trial = request.body(Trial.class);
		int seconds = (trial.timeout() != null) ? Math.max(1, Math.min(trial.timeout(), MAX_SECONDS)) : SECONDS;
		String user = request.user();
		logger.info("A record for '%s' is %s, by %s in the console".formatted(trial.topic(), what,
				(user != null) ? user : "somebody"));
		long began = System.nanoTime();
		try {
			return within(seconds + GRACE, () -> attempt.make(trial, Duration.ofSeconds(seconds)));
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			while (cause instanceof ExecutionException && cause.getCause() != null) {
				cause = cause.getCause();
			}
			if (cause instanceof IllegalArgumentException invalid) {
				throw invalid;
			}
			return new TrialResult(Duration.ofNanos(System.nanoTime() - began).toMillis(), null, List.of(), null,
					List.of(), null, null, FailureView.of((cause != null) ? cause : ex));
		}
	}

	// A handler that never returns must not keep a thread of the server.
	private static TrialResult within(int seconds, Callable<TrialResult> attempt) throws Exception {
		FutureTask<TrialResult> task = new FutureTask<>(attempt);
		Thread thread = new Thread(task, "millrace-try-it");
		thread.setDaemon(true);
		thread.start();
		try {
			return task.get(seconds, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			task.cancel(true);
			throw new ExecutionException(
					new StreamException("It has not ended after %d s, and was interrupted".formatted(seconds)));
		}
	}

	/**
	 * Tries a record out.
	 */
	@FunctionalInterface
	private interface Attempt {

		TrialResult make(Trial trial, Duration timeout) throws Exception;

	}

}
