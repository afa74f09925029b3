package dev.millrace.actuate;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import dev.millrace.listener.SubscriberRuntime;

/**
 * Asks the brokers where subscribers are.
 */
public final class PartitionStates {

	private static final Log logger = LogFactory.getLog(PartitionStates.class);

	private static final Comparator<PartitionState> ORDER = Comparator.comparing(PartitionState::topic)
		.thenComparingInt(PartitionState::partition);

	private final Supplier<Admin> admin;

	private final Duration timeout;

	/**
	 * Create the question.
	 * @param admin has the client that asks
	 * @param timeout how long to wait for an answer
	 */
	public PartitionStates(Supplier<Admin> admin, Duration timeout) {
		this.admin = admin;
		this.timeout = timeout;
	}

	/**
	 * Ask where a subscriber is.
	 * @param subscriber the subscriber
	 * @return the partitions of which something is committed, or {@code null} when the
	 * brokers don't answer
	 */
	@Nullable List<PartitionState> of(SubscriberRuntime subscriber) {
		try {
			return new GroupLagReader(this.admin.get(), this.timeout).read(Map.of(subscriber.id(), subscriber.parts()))
				.stream()
				.map(PartitionState::of)
				.sorted(ORDER)
				.toList();
		}
		catch (ExecutionException | TimeoutException | KafkaException ex) {
			logger.debug("The brokers don't say where %s is".formatted(subscriber.endpoint().describe()), ex);
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

}
