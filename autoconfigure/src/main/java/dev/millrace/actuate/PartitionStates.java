package dev.millrace.actuate;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
		Map<String, List<PartitionState>> states = of(List.of(subscriber));
		return (states != null) ? states.getOrDefault(subscriber.id(), List.of()) : null;
	}

	/**
	 * Ask where subscribers are, with as many requests as for one.
	 * @param subscribers the subscribers
	 * @return the partitions of which something is committed, by the ids of the
	 * subscribers that have any, or {@code null} when the brokers don't answer
	 */
	public @Nullable Map<String, List<PartitionState>> of(Collection<SubscriberRuntime> subscribers) {
		try {
			List<GroupLag> lags = new GroupLagReader(this.admin.get(), this.timeout)
				.read(subscribers.stream().collect(Collectors.toMap(SubscriberRuntime::id, SubscriberRuntime::parts)));
			return lags.stream()
				.collect(Collectors.groupingBy(GroupLag::subscriber, Collectors.mapping(PartitionState::of, Collectors
					.collectingAndThen(Collectors.toList(), (states) -> states.stream().sorted(ORDER).toList()))));
		}
		catch (ExecutionException | TimeoutException | KafkaException ex) {
			logger.debug("The brokers don't say where %s are"
				.formatted(subscribers.stream().map(SubscriberRuntime::id).toList()), ex);
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

}
