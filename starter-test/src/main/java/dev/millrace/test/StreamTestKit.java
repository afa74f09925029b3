package dev.millrace.test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.millrace.PublishResult;
import dev.millrace.Response;
import dev.millrace.StreamRecord;
import dev.millrace.test.engine.InvocationLog.Invocation;
import dev.millrace.test.engine.TestBench;

/**
 * What a test does with a stream application: publish, and look at what has come of it. A
 * bean of applications under {@link dev.millrace.test.autoconfigure.StreamTest}. Each
 * test sees only what was published since it began. For the test's thread.
 */
public final class StreamTestKit {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final TestBench bench;

	private final StreamFaults faults;

	/**
	 * Create the kit of an application.
	 * @param bench what it works with
	 * @param faults what may go wrong
	 */
	public StreamTestKit(TestBench bench, StreamFaults faults) {
		this.bench = bench;
		this.faults = faults;
	}

	/**
	 * Publish a record as somebody else would, and wait until it has had all its
	 * consequences.
	 * @param topic the topic
	 * @param body the body: text as it is, {@code byte[]} as it is, everything else as
	 * JSON or by its codec
	 * @throws NotSettledError when something is left to be done after thirty seconds
	 */
	public void publish(String topic, Object body) {
		send(topic, body);
		settle();
	}

	/**
	 * Publish a record with a key, and wait until it has had all its consequences.
	 * @param topic the topic
	 * @param key the key, or {@code null} for none
	 * @param body the body, as for {@link #publish(String, Object)}
	 * @throws NotSettledError when something is left to be done after thirty seconds
	 */
	public void publish(String topic, @Nullable Object key, Object body) {
		publish(topic, Response.of(body).withKey(key));
	}

	/**
	 * Publish a record without waiting for what comes of it.
	 * @param topic the topic
	 * @param body the body, as for {@link #publish(String, Object)}; a {@link Response}
	 * for a record with headers and more
	 */
	public void send(String topic, Object body) {
		this.bench.send(topic, (body instanceof Response<?> response) ? response : Response.of(body));
	}

	/**
	 * Wait until everything that was published has had all its consequences: results,
	 * what others made of them, retries and dead letters; and until all offsets are
	 * committed. Where something only waits for its time, such as a retry, that time
	 * passes at once.
	 * @throws NotSettledError when something is left to be done after thirty seconds
	 */
	public void settle() {
		settle(PATIENCE);
	}

	/**
	 * Wait as {@link #settle()} does.
	 * @param timeout how long, in real time
	 * @throws NotSettledError when something is left to be done after that
	 */
	public void settle(Duration timeout) {
		List<String> left = this.bench.settle(timeout);
		if (!left.isEmpty()) {
			throw new NotSettledError(left, new TestStory(this.bench));
		}
	}

	/**
	 * Let time pass, for what waits within Millrace. Everything that is due meanwhile
	 * happens; it may not be finished yet when this returns.
	 * @param duration the time
	 */
	public void advance(Duration duration) {
		this.bench.advance(duration);
	}

	/**
	 * Return what was published to a topic.
	 * @param topic the topic
	 * @return a snapshot; read committed
	 */
	public TopicRecords topic(String topic) {
		return new TopicRecords(topic, this.bench.records(topic), new TestStory(this.bench));
	}

	/**
	 * Return what a subscriber has done.
	 * @param id its id
	 * @return a snapshot
	 * @throws IllegalArgumentException when there is no such subscriber
	 */
	public SubscriberView subscriber(String id) {
		List<Invocation> calls = this.bench.calls(id);
		Map<PublishResult, StreamRecord> published = this.bench.published(calls);
		return new SubscriberView(id, calls.stream().map((call) -> call(call, published)).toList(),
				this.bench.committed(id), this.bench.uncommitted(id),
				new TopicRecords(String.join(", ", this.bench.deadLetterTopics(id)), this.bench.deadLetters(id),
						new TestStory(this.bench)),
				this.bench::records);
	}

	/**
	 * Return what may go wrong.
	 * @return the faults, none at first
	 */
	public StreamFaults faults() {
		return this.faults;
	}

	private static HandlerCall call(Invocation call, Map<PublishResult, StreamRecord> published) {
		Object result = call.result();
		Throwable failure = call.failure();
		if (result instanceof CompletionStage<?> stage && stage.toCompletableFuture().isDone()) {
			result = stage.toCompletableFuture().exceptionally((problem) -> null).join();
			failure = stage.toCompletableFuture()
				.handle((value, problem) -> (problem instanceof CompletionException && problem.getCause() != null)
						? problem.getCause() : problem)
				.join();
		}
		return new HandlerCall(call.records(), Arrays.asList(call.arguments()), result, failure,
				call.published().stream().map(published::get).filter(Objects::nonNull).toList());
	}

}
