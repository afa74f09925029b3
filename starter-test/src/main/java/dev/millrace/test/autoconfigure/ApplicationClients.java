package dev.millrace.test.autoconfigure;

import java.util.Collection;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.test.broker.InMemoryBroker;
import dev.millrace.test.engine.Arrivals;
import dev.millrace.test.engine.Clients;
import dev.millrace.test.engine.ConsumerPositions;
import dev.millrace.test.fault.ClientFaults;

/**
 * The clients of an application.
 *
 * @param faults knows what they send
 * @param positions knows what they poll
 * @param broker the broker in memory, which knows by itself whether somebody is busy, or
 * {@code null}
 * @param arrivals knows what has arrived; {@code null} with clients that take no part, of
 * which nothing is known
 */
record ApplicationClients(ClientFaults faults, ConsumerPositions positions, @Nullable InMemoryBroker broker,
		@Nullable Arrivals arrivals) implements Clients {

	@Override
	public boolean areQuiet() {
		return haveWritten() && (this.broker == null || this.broker.busy().isEmpty());
	}

	@Override
	public boolean haveWritten() {
		return this.faults.isWritten();
	}

	@Override
	public boolean areHandingOver(String groupId) {
		return this.positions.areHandingOver(groupId);
	}

	@Override
	public long sends() {
		return this.faults.begun();
	}

	@Override
	public boolean haveAll(Collection<SubscriberRuntime> reading, Map<TopicPartition, Long> begin) {
		return (this.arrivals != null) ? this.arrivals.areComplete(reading, begin) : areQuiet();
	}

}
