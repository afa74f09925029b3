package dev.millrace.actuate;

import java.util.List;
import java.util.Map;

/**
 * Overview of what an application does with topics.
 *
 * @param subscribers its subscribers, in the order of registration
 * @param publishers what else publishes: each topic, and what publishes to it
 */
public record StreamsDescription(List<SubscriberSummary> subscribers, Map<String, String> publishers) {

	public StreamsDescription {
		subscribers = List.copyOf(subscribers);
	}

}
