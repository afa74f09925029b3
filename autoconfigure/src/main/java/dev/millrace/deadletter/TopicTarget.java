package dev.millrace.deadletter;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;

import dev.millrace.publisher.TransactionalProducer;

/**
 * Writes dead letters to where they came from, in one transaction with their entries of
 * the log.
 */
final class TopicTarget implements ReplayTarget {

	private final TransactionalProducer producer;

	private final ReplayLog log;

	private final ReplayEntries entries;

	TopicTarget(TransactionalProducer producer, ReplayLog log, ReplayEntries entries) {
		this.producer = producer;
		this.log = log;
		this.entries = entries;
	}

	@Override
	public int replay(List<DeadLetter> letters) {
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(2 * letters.size());
		for (DeadLetter letter : letters) {
			ProducerRecord<byte[], byte[]> record = record(letter);
			records.add(record);
			records.add(this.log.record(this.entries.entry(letter, record.topic() + "-" + record.partition())));
		}
		this.producer.begin();
		this.producer.send(records, (unsent, failure) -> {
			// The commit fails with it.
		});
		this.producer.commit();
		return letters.size();
	}

	// Not with its own timestamp: where records are kept for a time, an old one would be
	// deleted soon.
	private static ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
		RecordPosition origin = letter.origin().record();
		return new ProducerRecord<>(origin.topic(), origin.partition(), null, letter.record().key(),
				letter.record().value(), OriginReader.replayed(letter.record(), letter.origin().replays() + 1));
	}

	@Override
	public void close() {
		this.producer.close();
	}

}
