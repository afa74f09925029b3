package dev.millrace.actuate;

import java.util.List;

/**
 * Subscriber in a list.
 *
 * @param id the id
 * @param reads what it reads: topics, partitions, templates, or a pattern
 * @param publishes the topics that its results go to
 * @param groupId its consumer group
 * @param state what it does now
 */
public record SubscriberSummary(String id, String reads, List<String> publishes, String groupId,
		SubscriberState state) {

	public SubscriberSummary {
		publishes = List.copyOf(publishes);
	}

}
