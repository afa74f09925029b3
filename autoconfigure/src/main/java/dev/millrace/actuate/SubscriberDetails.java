package dev.millrace.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.endpoint.EffectiveSetting;

/**
 * All there is to say about a subscriber.
 *
 * @param id the id
 * @param reads what it reads: topics, partitions, templates, or a pattern
 * @param groupId its consumer group
 * @param handlers its handlers, in the order in which they are asked
 * @param state what it does now
 * @param partitions where it is, of the partitions of which something is committed, or
 * {@code null} when the brokers don't answer
 * @param settings the settings that it was made with, and where each comes from; secrets
 * are hidden
 */
public record SubscriberDetails(String id, String reads, String groupId, List<HandlerDetails> handlers,
		SubscriberState state, @Nullable List<PartitionState> partitions, List<EffectiveSetting> settings) {

	public SubscriberDetails {
		handlers = List.copyOf(handlers);
		settings = List.copyOf(settings);
	}

}
