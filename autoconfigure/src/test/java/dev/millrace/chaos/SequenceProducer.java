package dev.millrace.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends {@code key/seq} at a steady pace, without a gap in the sequence of any key, and
 * not more than it is allowed to: whatever happens, records keep flowing.
 */
final class SequenceProducer implements AutoCloseable {

	private static final int TICK_MILLIS = 20;

	private static final String PATIENCE = "600000";

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	private final Map<String, Integer> sequences = new HashMap<>();

	private final KafkaProducer<String, String> producer;

	private final String topic;

	private final Random random;

	private final long perTick;

	private volatile long allowed;

	private volatile long sent;

	SequenceProducer(String bootstrapServers, String topic, Plan plan) {
		this.producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "enable.idempotence", "true", "linger.ms",
						"5", "delivery.timeout.ms", PATIENCE, "max.block.ms", PATIENCE),
				new StringSerializer(), new StringSerializer());
		this.topic = topic;
		this.random = new Random(plan.seed());
		this.perTick = Math.max(1, plan.recordsPerSecond() * TICK_MILLIS / 1000);
		this.executor.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
	}

	void allow(long records) {
		this.allowed = records;
	}

	/**
	 * Return how many records have been given to the client so far.
	 * @return the number of records
	 */
	long sent() {
		throwFailure();
		return this.sent;
	}

	/**
	 * Wait until the brokers have confirmed everything.
	 */
	void flush() {
		this.producer.flush();
		throwFailure();
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		this.producer.close(Duration.ofSeconds(1));
	}

	private void tick() {
		try {
			long end = Math.min(this.allowed, this.sent + this.perTick);
			while (this.sent < end) {
				sendNext();
			}
		}
		catch (RuntimeException ex) {
			this.failure.compareAndSet(null, ex);
			throw ex;
		}
	}

	private void sendNext() {
		String key = "k" + this.random.nextInt(Plan.KEYS);
		int seq = this.sequences.merge(key, 1, Integer::sum) - 1;
		this.producer.send(new ProducerRecord<>(this.topic, key, key + "/" + seq), (metadata, ex) -> {
			if (ex != null) {
				this.failure.compareAndSet(null, ex);
			}
		});
		this.sent++;
	}

	private void throwFailure() {
		Throwable first = this.failure.get();
		if (first != null) {
			throw new IllegalStateException("The input could not be sent", first);
		}
	}

}
