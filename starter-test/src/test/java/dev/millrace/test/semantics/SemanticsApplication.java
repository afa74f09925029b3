package dev.millrace.test.semantics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.Ordering;
import dev.millrace.StreamOperations;
import dev.millrace.StreamRecord;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.config.EngineTime;

/**
 * An application with a subscriber for each thing that is promised.
 */
@SpringBootApplication
class SemanticsApplication {

	private final EngineTime time;

	final Map<String, Acknowledgment> acknowledgments = new ConcurrentHashMap<>();

	final List<Instant> attempts = Collections.synchronizedList(new ArrayList<>());

	final Queue<TopicPartition> revoked = new ConcurrentLinkedQueue<>();

	volatile CountDownLatch begun = new CountDownLatch(1);

	volatile boolean crashed;

	private volatile CountDownLatch other = new CountDownLatch(1);

	SemanticsApplication(EngineTime time) {
		this.time = time;
	}

	void reset() {
		this.other = new CountDownLatch(1);
		this.begun = new CountDownLatch(1);
		this.crashed = false;
		this.revoked.clear();
		this.acknowledgments.clear();
		this.attempts.clear();
	}

	@Bean
	NewTopic keyed() {
		return new NewTopic("keyed", 3, (short) 1);
	}

	@Bean
	NewTopic shared() {
		return new NewTopic("shared", 2, (short) 1);
	}

	@Bean
	ConsumerRebalanceListener rebalances() {
		return new ConsumerRebalanceListener() {

			@Override
			public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
				// Those that are taken away tell that there was a rebalance.
			}

			@Override
			public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
				SemanticsApplication.this.revoked.addAll(partitions);
			}

		};
	}

	@StreamSubscriber(topics = "ordered", id = "ordered", ordering = Ordering.PARTITION, concurrency = "4")
	@Retry(attempts = "2", delay = "1m")
	void ordered(StreamRecord record, String body) {
		if (body.startsWith("again") && record.attempt() == 1) {
			throw new IllegalStateException("Again");
		}
	}

	@StreamSubscriber(topics = "keyed", id = "keyed", ordering = Ordering.KEY, concurrency = "4",
			rebalanceListener = "rebalances")
	void keyed(String body) throws InterruptedException {
		waitForOther(body);
	}

	@StreamSubscriber(topics = "unordered", id = "unordered", ordering = Ordering.NONE, concurrency = "4")
	void unordered(String body) throws InterruptedException {
		waitForOther(body);
	}

	@StreamSubscriber(topics = "manual", id = "manual", ackPolicy = AckPolicy.MANUAL, ordering = Ordering.NONE)
	void manual(String body, Acknowledgment acknowledgment) {
		this.acknowledgments.put(body, acknowledgment);
	}

	@StreamSubscriber(topics = "crashing", id = "crashing")
	@StreamPublisher("crashing-out")
	String crashing(String body) {
		return body;
	}

	@StreamSubscriber(topics = "sending", id = "sending")
	@Retry(attempts = "3", delay = "1m")
	void sending(String body, StreamOperations stream) {
		stream.publish("sending-out", body).join();
	}

	@StreamSubscriber(topics = "late", id = "late")
	@StreamPublisher("late-out")
	String late(String body, StreamOperations stream) {
		String life = "new";
		this.begun.countDown();
		try {
			if (!this.crashed) {
				new CountDownLatch(1).await(20, TimeUnit.SECONDS);
			}
		}
		catch (InterruptedException ex) {
			life = "old";
		}
		stream.publish("late-out", "sent by the " + life + " life");
		return "returned by the " + life + " life";
	}

	@StreamSubscriber(topics = "exact", id = "exact", exactlyOnce = true)
	@StreamPublisher("exact-out")
	String exact(String body) {
		return body;
	}

	@StreamSubscriber(topics = "flaky", id = "flaky", exactlyOnce = true)
	@StreamPublisher("flaky-out")
	@Retry(attempts = "3", delay = "10m", multiplier = "1", jitter = "0", maxDelay = "1h")
	String flaky(StreamRecord record, String body) {
		this.attempts.add(this.time.instant());
		if (record.attempt() < 3) {
			throw new IllegalStateException("Attempt " + record.attempt());
		}
		return body;
	}

	@StreamSubscriber(topics = "first", id = "first", ackPolicy = AckPolicy.ACK_FIRST)
	void first(String body) {
		// The crash comes afterwards.
	}

	@StreamSubscriber(topics = "retried", id = "retried")
	@Retry(attempts = "3", delay = "10m", multiplier = "2", jitter = "0", maxDelay = "1h")
	void retried(String body) {
		this.attempts.add(this.time.instant());
		throw new IllegalStateException("Never");
	}

	@StreamSubscriber(pattern = "eu\\..*", id = "pattern")
	void pattern(String body, StreamRecord record) {
		// What it was called with is looked at.
	}

	@StreamSubscriber(topics = "shared", id = "left", groupId = "both", concurrency = "1")
	void left(String body) {
		// One of the two gets each record.
	}

	@StreamSubscriber(topics = "shared", id = "right", groupId = "both", concurrency = "1")
	void right(String body) {
		// One of the two gets each record.
	}

	@StreamSubscriber(topics = "shared", id = "alone", groupId = "alone")
	void alone(String body) {
		// Gets them all.
	}

	private void waitForOther(String body) throws InterruptedException {
		if (body.equals("waits") && !this.other.await(20, TimeUnit.SECONDS)) {
			throw new IllegalStateException("The other record was not handled meanwhile");
		}
		if (body.equals("other")) {
			this.other.countDown();
		}
	}

}
