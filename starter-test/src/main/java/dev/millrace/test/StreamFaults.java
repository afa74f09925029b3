package dev.millrace.test;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RebalanceInProgressException;

import dev.millrace.test.engine.TestBench;
import dev.millrace.test.fault.ClientFaults;
import dev.millrace.test.fault.Crash;
import dev.millrace.test.fault.Rebalance;

/**
 * What is to go wrong with an application, on whatever broker: it happens to the clients
 * of the application. What the test itself publishes is not concerned. Each test begins
 * with none of it. For the test's thread.
 */
public final class StreamFaults {

	private final TestBench bench;

	private final ClientFaults clients;

	private final Rebalance rebalance;

	private final Crash crash;

	private final BooleanSupplier possible;

	/**
	 * Create the faults of an application.
	 * @param bench knows the application
	 * @param clients of its clients
	 * @param rebalance of its groups
	 * @param crash of itself
	 * @param possible whether its clients take part
	 */
	public StreamFaults(TestBench bench, ClientFaults clients, Rebalance rebalance, Crash crash,
			BooleanSupplier possible) {
		this.bench = bench;
		this.clients = clients;
		this.rebalance = rebalance;
		this.crash = crash;
		this.possible = possible;
	}

	/**
	 * Let the next record fail that the application sends to a topic: the broker has too
	 * few replicas, for longer than the producer tries.
	 * @param topic the topic
	 */
	public void failNextSend(String topic) {
		failNextSends(topic, 1);
	}

	/**
	 * Let the next records fail that the application sends to a topic.
	 * @param topic the topic
	 * @param count how many
	 */
	public void failNextSends(String topic, int count) {
		failNextSends(topic, count, new NotEnoughReplicasException("The test wants this send to fail"));
	}

	/**
	 * Let the next records fail that the application sends to a topic.
	 * @param topic the topic
	 * @param count how many
	 * @param failure what it gets; a {@code RetriableException} means that the broker
	 * can't take anything for now, everything else that it does not want this record
	 */
	public void failNextSends(String topic, int count, RuntimeException failure) {
		requirePossible();
		this.clients.failSends(topic, count, failure);
	}

	/**
	 * Let the broker be slow: what the application sends to a topic is written, and
	 * confirmed only after a while. That time passes as retries do, at once when there is
	 * nothing else to wait for.
	 * @param topic the topic
	 * @param delay how long a confirmation takes, zero for as long as it does
	 */
	public void slowSends(String topic, Duration delay) {
		requirePossible();
		this.clients.delaySends(topic, delay);
	}

	/**
	 * Let the next commits of a subscriber fail. Where it handles records exactly once,
	 * those are transactions.
	 * @param subscriber the id of the subscriber
	 * @param count how many
	 * @throws IllegalArgumentException when there is no such subscriber
	 */
	public void failNextCommits(String subscriber, int count) {
		requirePossible();
		this.clients.failCommits(this.bench.endpoint(subscriber).consumer().groupId(), count,
				new RebalanceInProgressException("The test wants this commit to fail"));
	}

	/**
	 * Have the group of a subscriber rebalance now: another member joins, gets its share
	 * and leaves again.
	 * @param subscriber the id of the subscriber
	 * @throws IllegalArgumentException when there is no such subscriber, or it has
	 * partitions of its own
	 */
	public void rebalance(String subscriber) {
		this.rebalance.of(this.bench.endpoint(subscriber));
	}

	/**
	 * Let the application crash now, as by {@code kill -9}, and start again. What is in
	 * hand is cut off: handlers are interrupted, and what they or their futures still do
	 * goes nowhere; nothing is committed, nobody leaves a group, and transactions are
	 * left open. The broker does not wait for its timeouts: it drops the members of the
	 * subscribers' groups and aborts what is open at once. Then the containers begin
	 * again with the committed offsets. Beans are not made anew, and keep what is in
	 * their fields.
	 */
	public void crash() {
		requirePossible();
		this.crash.now();
	}

	/**
	 * Let the application crash as {@link #crash()} does when handlers were called so
	 * many times from now on, at the worst moment: everything that those calls have
	 * published is with the broker, and nothing is committed, except by subscribers that
	 * commit before they handle, and transactions. {@link StreamTestKit#settle()} waits
	 * for the crash, too.
	 * @param calls the number of calls, each attempt counted; zero to crash now
	 */
	public void crashAfter(int calls) {
		requirePossible();
		if (calls < 0) {
			throw new IllegalArgumentException("The number of calls must not be negative");
		}
		if (calls == 0) {
			this.crash.now();
		}
		else {
			this.crash.after(calls);
		}
	}

	/**
	 * Let everything go well again. A crash that has not begun does not take place.
	 */
	public void clear() {
		this.clients.clear();
		this.crash.cancel();
	}

	private void requirePossible() {
		if (!this.possible.getAsBoolean()) {
			throw new IllegalStateException("The application has a ConsumerFactory or a ProducerFactory of its own"
					+ " that does not apply post-processors, so that nothing can go wrong with its clients. Derive it"
					+ " from DefaultKafkaConsumerFactory or DefaultKafkaProducerFactory, or leave it out of the test.");
		}
	}

}
