package dev.millrace.benchmarks.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Producer that confirms each record at once and forgets it.
 */
final class CountingProducer extends MockProducer<byte[], byte[]> {

	private static final RecordMetadata METADATA = new RecordMetadata(new TopicPartition("invoices", 0), 0, 0, 0, 0, 0);

	private static final Future<RecordMetadata> CONFIRMED = CompletableFuture.completedFuture(METADATA);

	private volatile CountDownLatch left = new CountDownLatch(0);

	CountingProducer() {
		super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
	}

	/**
	 * Begin to count.
	 * @param records how many records are to come
	 * @return what tells when they are there
	 */
	CountDownLatch expect(int records) {
		CountDownLatch expected = new CountDownLatch(records);
		this.left = expected;
		return expected;
	}

	@Override
	public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
		this.left.countDown();
		return CONFIRMED;
	}

	@Override
	public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
		callback.onCompletion(METADATA, null);
		return send(record);
	}

}
