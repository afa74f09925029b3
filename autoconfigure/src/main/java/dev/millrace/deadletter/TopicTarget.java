package dev.millrace.deadletter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamException;
import dev.millrace.publisher.Confirmation;
import dev.millrace.publisher.TransactionalProducer;

/**
 * Writes dead letters to where they came from, in one transaction with their entries of
 * the log.
 */
final class TopicTarget implements ReplayTarget {

	private final TransactionalProducer producer;

	private final ReplayLog log;

	private final ReplayEntries entries;

	private final TopicLookup lookup;

	private final Map<String, Integer> partitions = new HashMap<>();

	TopicTarget(TransactionalProducer producer, ReplayLog log, ReplayEntries entries, TopicLookup lookup) {
		this.producer = producer;
		this.log = log;
		this.entries = entries;
		this.lookup = lookup;
	}

	@Override
	public int replay(List<DeadLetter> letters, BooleanSupplier cancelled) {
		WriteFailure failure = new WriteFailure();
		int sent = 0;
		this.producer.begin();
		// One that can't be written may hold the producer up for a minute, and then so
		// would each of the others.
		while (sent < letters.size() && !cancelled.getAsBoolean()) {
			send(letters.get(sent), failure);
			failure.throwIfPresent();
			sent++;
		}
		failure.commit(this.producer);
		return sent;
	}

	private void send(DeadLetter letter, WriteFailure failure) {
		String topic = letter.origin().record().topic();
		Confirmation confirmation = failure
			.of("The dead letter %s can't be written to '%s'; mend that, or choose others".formatted(letter.position(),
					topic));
		Integer partition;
		try {
			partition = partition(letter.origin().record());
		}
		catch (StreamException ex) {
			confirmation.completed(List.of(), ex.getCause());
			return;
		}
		String to = (partition != null) ? topic + "-" + partition : topic;
		this.producer.send(List.of(record(letter, partition), this.log.record(this.entries.entry(letter, to))),
				confirmation);
	}

	private @Nullable Integer partition(RecordPosition origin) {
		return (origin.partition() < this.partitions.computeIfAbsent(origin.topic(), this.lookup::partitions))
				? origin.partition() : null;
	}

	// Not with its own timestamp: where records are kept for a time, an old one would be
	// deleted soon.
	private static ProducerRecord<byte[], byte[]> record(DeadLetter letter, @Nullable Integer partition) {
		return new ProducerRecord<>(letter.origin().record().topic(), partition, null, letter.record().key(),
				letter.record().value(), OriginReader.replayed(letter.record(), letter.origin().replays() + 1));
	}

	@Override
	public void close() {
		this.producer.close();
	}

}
