package dev.millrace.guarantee;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a group shares its partitions out. Heartbeats are quick, because a member hears of
 * a rebalance by them; the new protocol's are the broker's setting.
 */
enum Protocol {

	/** All partitions of all members are revoked, then assigned anew. */
	EAGER("partition.assignment.strategy]=org.apache.kafka.clients.consumer.RangeAssignor",
			"heartbeat.interval.ms]=200", "session.timeout.ms]=6000"),

	/** Only partitions that move are revoked. */
	COOPERATIVE("partition.assignment.strategy]=org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
			"heartbeat.interval.ms]=200", "session.timeout.ms]=6000"),

	/** The broker assigns, KIP-848. */
	CONSUMER("group.protocol]=consumer");

	private final List<String> properties;

	Protocol(String... properties) {
		this.properties = Stream.of(properties)
			.map((property) -> "millrace.subscriber.properties[" + property)
			.toList();
	}

	List<String> properties() {
		return this.properties;
	}

}
