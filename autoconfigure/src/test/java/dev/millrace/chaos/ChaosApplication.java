package dev.millrace.chaos;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;

/**
 * Application in a process of its own that writes down what it handles. Arguments: the
 * brokers, the file to write to, and {@code --name=value} for its properties.
 */
@Import(ChaosApplication.Partitions.class)
public class ChaosApplication {

	static final String ID = "chaos";

	static final String GROUP = "test." + ID;

	private static final long PULSE = Duration.ofMillis(200).toNanos();

	private static final long STILL = Duration.ofSeconds(1).toNanos();

	private static HandlingLog log;

	@Value("${mean-wait}")
	private long meanWait;

	@StreamSubscriber(topics = "${in}", id = ID)
	@StreamPublisher("${out}")
	String handle(String body, ConsumerRecordMetadata metadata) {
		long handling = log.begin(metadata.partition(), metadata.offset(), body);
		LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2 * this.meanWait));
		log.end(handling);
		return metadata.partition() + " " + metadata.offset();
	}

	public static void main(String[] arguments) throws IOException {
		haltAtEndOfInput();
		log = new HandlingLog(new FileOutputStream(arguments[1], true));
		watchPulse();
		List<String> properties = new ArrayList<>(List.of("spring.main.keep-alive=true"));
		Arrays.stream(arguments).skip(2).map((argument) -> argument.substring("--".length())).forEach(properties::add);
		TestApplication.start(arguments[0], ChaosApplication.class, properties.toArray(String[]::new));
		log.started();
	}

	// Whoever started this process keeps its input open for as long as it lives.
	private static void haltAtEndOfInput() {
		Thread thread = new Thread(() -> {
			try {
				System.in.transferTo(OutputStream.nullOutputStream());
			}
			catch (IOException ex) {
				// As good as the end
			}
			Runtime.getRuntime().halt(1);
		}, "end-of-input");
		thread.setDaemon(true);
		thread.start();
	}

	// A machine that has no time for this process does what a pause does. It must not
	// be taken for a fault of the engine.
	private static void watchPulse() {
		AtomicLong last = new AtomicLong(System.nanoTime());
		ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "pulse");
			thread.setDaemon(true);
			return thread;
		});
		executor.scheduleWithFixedDelay(() -> {
			long now = System.nanoTime();
			long before = last.getAndSet(now);
			if (now - before > STILL) {
				log.stoodStill(before, now);
			}
		}, PULSE, PULSE, TimeUnit.NANOSECONDS);
	}

	/**
	 * Writes down which partitions come and go. The engine has drained and committed
	 * before it is told of a revocation.
	 */
	static class Partitions implements ConsumerAwareRebalanceListener {

		@Override
		public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
			partitions.forEach((partition) -> log.assigned(partition.partition(), consumer.position(partition)));
		}

		@Override
		public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
			partitions.forEach((partition) -> log.revoked(partition.partition()));
		}

		@Override
		public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
			partitions.forEach((partition) -> log.lost(partition.partition()));
		}

	}

}
