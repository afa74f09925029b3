package dev.millrace.console.topics;

import java.util.List;

/**
 * Topic of the application.
 *
 * @param name the name
 * @param uses what the application has to do with it
 * @param exists whether the broker has it
 * @param partitions the partitions, in their order
 * @param records how many offsets there are in all partitions; markers of transactions
 * and records that were compacted away count too
 */
public record TopicSummary(String name, List<TopicUse> uses, boolean exists, List<PartitionSummary> partitions,
		long records) {

	public TopicSummary {
		uses = List.copyOf(uses);
		partitions = List.copyOf(partitions);
	}

}
