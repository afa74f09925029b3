package dev.millrace.deadletter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.StreamException;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.DerivedTopic;
import dev.millrace.failure.DerivedTopics;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.publisher.TransactionalProducer;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultDeadLetters}: their end.
 */
@Timeout(20)
class DefaultDeadLettersTests implements DerivedTopics {

	private final SubscriberEndpoint endpoint = TestEndpoint.publishing();

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch hanging = new CountDownLatch(1);

	@Test
	void endDoesNotWaitForeverForReplayThatHangs() throws InterruptedException {
		EndpointRegistry endpoints = new EndpointRegistry();
		endpoints.register(this.endpoint);
		DefaultDeadLetters letters = new DefaultDeadLetters(endpoints, this,
				new TopicLookup((names) -> CompletableFuture.completedFuture(Map.of())),
				new RecordScan((isolation) -> new MockConsumer<>("earliest"), Duration.ZERO, Duration.ZERO), "log",
				this::hang, new SubscriberRuntimes(), (id) -> true, InstantSource.system(), Duration.ofMillis(50));
		letters.replay(ReplayRequest.of(this.endpoint.id()));
		this.begun.await();

		letters.close();

		assertThat(letters.replays()).extracting(Replay::state).containsExactly(Replay.State.RUNNING);
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().equals("millrace-replay-" + this.endpoint.id()))
			.singleElement()
			.matches(Thread::isDaemon, "lets the JVM end");
		this.hanging.countDown();
	}

	@Override
	public CompletionStage<Integer> partitions(DerivedTopic topic) {
		return CompletableFuture.completedFuture(1);
	}

	@Override
	public void forget(String topic) {
	}

	private TransactionalProducer hang(SubscriberEndpoint endpoint) {
		this.begun.countDown();
		try {
			this.hanging.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new StreamException("no producer");
	}

}
