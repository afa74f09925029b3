package dev.millrace.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/**
 * The group: its present processes, and all that there have ever been.
 */
final class Applications implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final List<ApplicationProcess> running = new ArrayList<>();

	private final List<ApplicationProcess> all = new ArrayList<>();

	private final Path directory;

	private final String bootstrapServers;

	private final List<String> arguments;

	Applications(Path directory, String bootstrapServers, String in, String out, Plan plan) {
		this.directory = directory;
		this.bootstrapServers = bootstrapServers;
		this.arguments = new ArrayList<>(
				List.of("--in=" + in, "--out=" + out, "--mean-wait=" + plan.meanWait().toNanos(),
						"--millrace.shutdown.timeout=" + Plan.DRAIN.toMillis() + "ms",
						"--millrace.subscriber.ordering=" + plan.ordering(),
						"--millrace.subscriber.concurrency=" + Plan.CONCURRENCY));
		if (!plan.isNewProtocol()) {
			this.arguments
				.addAll(List.of("--millrace.subscriber.properties[session.timeout.ms]=" + Plan.SESSION.toMillis(),
						"--millrace.subscriber.properties[heartbeat.interval.ms]=" + Plan.HEARTBEAT.toMillis()));
		}
		if (plan.exactlyOnce()) {
			// Nobody ends the transaction of one that was killed before that time.
			this.arguments.addAll(List.of("--millrace.subscriber.exactly-once=true",
					"--spring.kafka.producer.properties.transaction.timeout.ms=" + Plan.TRANSACTION.toMillis()));
		}
		this.arguments.addAll(plan.arguments());
		clear(directory);
	}

	ApplicationProcess start() {
		ApplicationProcess application = ApplicationProcess.start("app-" + (this.all.size() + 1), this.directory,
				this.bootstrapServers, this.arguments);
		this.running.add(application);
		this.all.add(application);
		return application;
	}

	void awaitReady() {
		this.running.forEach(ApplicationProcess::awaitReady);
	}

	/**
	 * Choose one that is up and does not stand still; waits if there is none.
	 * @param draw which one
	 * @return the process
	 */
	ApplicationProcess choose(int draw) {
		List<ApplicationProcess> moving = await().atMost(PATIENCE)
			.until(() -> this.running.stream()
				.filter((application) -> application.isReady() && !application.isPaused())
				.toList(), (found) -> !found.isEmpty());
		return moving.get(draw % moving.size());
	}

	void kill(ApplicationProcess application) {
		this.running.remove(application);
		application.kill();
	}

	void stop(ApplicationProcess application) {
		terminate(application);
		application.awaitExit();
	}

	void restartAll() {
		for (ApplicationProcess application : List.copyOf(this.running)) {
			stop(application);
			start().awaitReady();
		}
	}

	/**
	 * Stop all that run, at the same time.
	 */
	void stopAll() {
		List<ApplicationProcess> stopped = List.copyOf(this.running);
		stopped.forEach(this::terminate);
		stopped.forEach(ApplicationProcess::awaitExit);
	}

	List<ApplicationProcess> all() {
		return this.all;
	}

	@Override
	public void close() {
		this.all.forEach(ApplicationProcess::discard);
	}

	private void terminate(ApplicationProcess application) {
		this.running.remove(application);
		await().atMost(PATIENCE).until(() -> !application.isPaused());
		application.terminate();
	}

	private static void clear(Path directory) {
		try {
			Files.createDirectories(directory);
			try (Stream<Path> files = Files.list(directory)) {
				for (Path file : files.toList()) {
					Files.delete(file);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
