package dev.millrace.listener;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.dispatch.Assignment;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.listener.TransactionBatch.Abort;
import dev.millrace.listener.TransactionBatch.Kind;
import dev.millrace.publisher.TransactionalProducer;

/**
 * One consumer of a subscriber with transactions: handles what a poll brings, publishes
 * and commits it in one transaction, or goes back. Only the consumer's thread calls.
 */
final class TransactionalSession {

	private final Attempts attempts;

	private final SubscriberRuntime runtime;

	private final SubscriberEndpoint endpoint;

	private final Processors processors;

	private final Consumer<?, ?> consumer;

	private final OwnedPartitions owned;

	private final MessageListenerContainer container;

	private final Duration time;

	private final Transactions transactions;

	private final BatchLimit limit;

	private final Rewind rewind;

	private final ConsumerDelay delay;

	private final OffsetGaps gaps;

	private final AbortLog log;

	private int failures;

	TransactionalSession(SubscriberRuntime runtime, Processors processors, Supplier<TransactionalProducer> producers,
			Consumer<?, ?> consumer, MessageListenerContainer container, Duration time) {
		this.runtime = runtime;
		this.endpoint = runtime.endpoint();
		this.processors = processors;
		this.consumer = consumer;
		this.owned = new OwnedPartitions(consumer);
		this.container = container;
		this.time = time;
		this.attempts = new Attempts(runtime.timer());
		this.transactions = new Transactions(producers);
		this.limit = new BatchLimit(time);
		this.rewind = new Rewind(consumer, this.owned);
		this.delay = new ConsumerDelay(consumer, this.owned, container, runtime.timer());
		this.gaps = new OffsetGaps(consumer, this.endpoint.flow().commitInterval());
		this.log = new AbortLog(this.endpoint);
	}

	void beforePoll() {
		if (this.delay.isOver()) {
			try {
				prepare();
			}
			catch (RuntimeException ex) {
				unprepared(ex);
			}
		}
		this.delay.apply(this.rewind.isPending());
	}

	void polled(ConsumerRecords<byte[], byte[]> polled, ShutdownReport report) {
		// A poll that reports a partition as lost may still hand out records of it.
		Set<TopicPartition> assigned = this.owned.get();
		Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
		for (TopicPartition partition : polled.partitions()) {
			if (assigned.contains(partition)) {
				records.put(partition, polled.records(partition));
				// Until it is committed: this is where the next poll begins.
				this.rewind.to(partition, polled.records(partition).get(0).offset());
			}
		}
		Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> chosen = this.limit.choose(records);
		if (chosen.isEmpty()) {
			return;
		}
		Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
		chosen.forEach((partition, some) -> {
			OffsetAndMetadata next = polled.nextOffsets().get(partition);
			boolean all = some.size() == polled.records(partition).size();
			ends.put(partition,
					(all && next != null) ? next : new OffsetAndMetadata(some.get(some.size() - 1).offset() + 1));
		});
		handle(chosen, ends, report);
	}

	void assigned(Collection<TopicPartition> partitions) {
		this.owned.assigned(partitions);
	}

	void revoked(Collection<TopicPartition> partitions) {
		forget(partitions);
		this.owned.gaveUp(partitions);
	}

	/**
	 * Forget what is known of partitions, because they go, or to begin anew with them.
	 * @param partitions the partitions
	 */
	void forget(Collection<TopicPartition> partitions) {
		this.rewind.forget(partitions);
		this.attempts.forget(partitions);
		this.gaps.forget(partitions);
	}

	void close() {
		this.transactions.close();
	}

	private void prepare() {
		if (this.rewind.isUncertain()) {
			this.transactions.settle();
		}
		this.rewind.run();
		Map<TopicPartition, OffsetAndMetadata> behind = this.gaps.due();
		if (!behind.isEmpty()) {
			TransactionalProducer producer = this.transactions.begin();
			producer.addOffsets(behind, this.consumer.groupMetadata());
			producer.commit();
			this.gaps.committed(behind);
		}
	}

	private void handle(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records,
			Map<TopicPartition, OffsetAndMetadata> ends, ShutdownReport report) {
		ConsumerGroupMetadata member = this.consumer.groupMetadata();
		long begin = System.nanoTime();
		TransactionalProducer producer;
		try {
			producer = this.transactions.begin();
		}
		catch (RuntimeException ex) {
			unprepared(ex);
			return;
		}
		TransactionBatch batch = new TransactionBatch(this.runtime, this.processors, producer, this.attempts,
				this.time);
		batch.begin(records);
		Abort abort = batch.await(this.container::isRunning);
		List<Assignment.Release> released = batch.release();
		if (abort == null) {
			abort = commit(producer, ends, member);
		}
		if (abort != null) {
			this.transactions.abort();
		}
		batch.close();
		if (!this.container.isRunning()) {
			boolean committed = abort == null;
			released.forEach((release) -> report.add(release, committed ? release.position() : null));
		}
		if (abort != null) {
			aborted(abort, batch, records.values().stream().mapToInt(List::size).sum(), released);
			return;
		}
		// At once: from here on the application may seek.
		this.rewind.run();
		this.failures = 0;
		this.limit.committed(Duration.ofNanos(System.nanoTime() - begin));
	}

	private @Nullable Abort commit(TransactionalProducer producer, Map<TopicPartition, OffsetAndMetadata> ends,
			ConsumerGroupMetadata member) {
		long begin = System.nanoTime();
		try {
			producer.addOffsets(ends, latest(member));
		}
		catch (RuntimeException ex) {
			this.runtime.monitor().commitFailed();
			return new Abort(Kind.FAILED, ex);
		}
		try {
			producer.commit();
		}
		catch (RuntimeException ex) {
			this.runtime.monitor().commitFailed();
			this.rewind.ask();
			this.transactions.close();
			return new Abort(Kind.FAILED, ex);
		}
		this.runtime.monitor().committed(System.nanoTime() - begin);
		ends.forEach((partition, end) -> {
			this.rewind.reached(partition, end.offset());
			this.attempts.committed(partition, end.offset());
		});
		this.gaps.committed(ends);
		return null;
	}

	// The membership with which the records were polled, or what became of it since.
	// A lost one must be refused.
	private ConsumerGroupMetadata latest(ConsumerGroupMetadata polled) {
		ConsumerGroupMetadata now = this.consumer.groupMetadata();
		return (now.generationId() > polled.generationId()) ? now : polled;
	}

	private void aborted(Abort abort, TransactionBatch batch, int records, List<Assignment.Release> released) {
		int unfinished = released.stream()
			.mapToInt((release) -> release.interrupted().size() + release.waiting())
			.sum();
		boolean smaller = abort.kind() == Kind.OUT_OF_TIME && this.limit.outOfTime(records - unfinished);
		boolean again = abort.kind() == Kind.FAILED || (abort.kind() == Kind.OUT_OF_TIME && !smaller);
		Duration wait = again ? backoff() : Duration.ZERO;
		Duration due = batch.untilDue();
		this.delay.begin((due.compareTo(wait) > 0) ? due : wait);
		if (this.container.isRunning()) {
			this.log.aborted(abort, records, unfinished, (due.compareTo(wait) > 0) ? due : wait);
		}
	}

	private void unprepared(RuntimeException failure) {
		this.transactions.close();
		Duration wait = backoff();
		this.delay.begin(wait);
		if (this.container.isRunning()) {
			this.log.unprepared(failure, wait);
		}
	}

	private Duration backoff() {
		this.failures++;
		return this.endpoint.delivery()
			.retry()
			.backoff()
			.delayAfter(this.failures, ThreadLocalRandom.current().nextDouble());
	}

}
