package dev.millrace.deadletter;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

import dev.millrace.failure.WaitingRecord;
import dev.millrace.listener.DirectHandling;
import dev.millrace.publisher.TransactionalProducer;

/**
 * Has the subscriber handle dead letters, and enters those that are finished into the
 * log.
 */
final class HandlerTarget implements ReplayTarget {

	private static final String HANDLER = "handler";

	private final TransactionalProducer producer;

	private final ReplayLog log;

	private final ReplayEntries entries;

	private final DirectHandling handling;

	private final BooleanSupplier stopping;

	private final InstantSource clock;

	/**
	 * Create the target.
	 * @param producer writes the log
	 * @param log the log
	 * @param entries make its entries
	 * @param handling handles records
	 * @param stopping whether nothing is to begin any more
	 * @param clock the time
	 */
	HandlerTarget(TransactionalProducer producer, ReplayLog log, ReplayEntries entries, DirectHandling handling,
			BooleanSupplier stopping, InstantSource clock) {
		this.producer = producer;
		this.log = log;
		this.entries = entries;
		this.handling = handling;
		this.stopping = stopping;
		this.clock = clock;
	}

	@Override
	public int replay(List<DeadLetter> letters, BooleanSupplier cancelled) {
		Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = letters.stream()
			.collect(Collectors.groupingBy(HandlerTarget::partition, LinkedHashMap::new,
					Collectors.mapping(this::waiting, Collectors.toList())));
		Set<RecordPosition> positions = this.handling
			.handle(records, () -> this.stopping.getAsBoolean() || cancelled.getAsBoolean())
			.stream()
			.map(RecordPosition::of)
			.collect(Collectors.toSet());
		List<DeadLetter> finished = letters.stream().filter((letter) -> positions.contains(letter.position())).toList();
		if (!finished.isEmpty()) {
			WriteFailure failure = new WriteFailure();
			this.producer.begin();
			this.producer.send(
					finished.stream().map((letter) -> this.log.record(this.entries.entry(letter, HANDLER))).toList(),
					failure.of("The log of replays '%s' can't be written".formatted(this.log.topic())));
			failure.commit(this.producer);
		}
		return finished.size();
	}

	private ConsumerRecord<byte[], byte[]> waiting(DeadLetter letter) {
		ConsumerRecord<byte[], byte[]> record = letter.record();
		RecordPosition origin = letter.origin().record();
		ConsumerRecord<byte[], byte[]> original = new ConsumerRecord<>(origin.topic(), origin.partition(),
				origin.offset(), letter.origin().timestamp(), TimestampType.CREATE_TIME, record.serializedKeySize(),
				record.serializedValueSize(), record.key(), record.value(),
				OriginReader.replayed(record, letter.origin().replays() + 1), Optional.empty());
		return WaitingRecord.untried(original, this.clock.instant()).in(record, "replayed");
	}

	private static TopicPartition partition(DeadLetter letter) {
		return new TopicPartition(letter.record().topic(), letter.record().partition());
	}

	@Override
	public void close() {
		this.producer.close();
	}

}
