package dev.millrace.test.broker;

import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.DeleteRecordsOptions;
import org.apache.kafka.clients.admin.DeleteRecordsResult;
import org.apache.kafka.clients.admin.DeletedRecords;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The methods of an admin client that are about the records of partitions.
 */
final class OffsetAdmin {

	private final BrokerState broker;

	private final AdminReplies replies;

	OffsetAdmin(BrokerState broker, AdminReplies replies) {
		this.broker = broker;
		this.replies = replies;
	}

	ListOffsetsResult listOffsets(Map<TopicPartition, OffsetSpec> topicPartitionOffsets, ListOffsetsOptions options) {
		boolean committedOnly = options.isolationLevel() == IsolationLevel.READ_COMMITTED;
		return new ListOffsetsResult(this.replies.futures(topicPartitionOffsets,
				(partition, spec) -> find(log(partition), spec, committedOnly)));
	}

	DeleteRecordsResult deleteRecords(Map<TopicPartition, RecordsToDelete> recordsToDelete,
			DeleteRecordsOptions options) {
		return new DeleteRecordsResult(this.replies.futures(recordsToDelete, (partition, records) -> {
			PartitionLog log = log(partition);
			long before = records.beforeOffset();
			if (before > log.endOffset()) {
				throw new OffsetOutOfRangeException(
						"The requested offset is not within the range of offsets maintained" + " by the server.");
			}
			log.deleteBefore(Math.max(log.startOffset(), (before < 0) ? log.endOffset() : before));
			this.broker.appended(partition);
			return new DeletedRecords(log.startOffset());
		}));
	}

	private PartitionLog log(TopicPartition partition) {
		PartitionLog log = this.broker.topics().log(partition);
		if (log == null) {
			throw new UnknownTopicOrPartitionException("This server does not host this topic-partition.");
		}
		return log;
	}

	private static ListOffsetsResultInfo find(PartitionLog log, OffsetSpec spec, boolean committedOnly) {
		if (spec instanceof OffsetSpec.TimestampSpec timestamp) {
			return log.firstSince(AdminReplies.timestamp(timestamp), committedOnly)
				.map((found) -> new ListOffsetsResultInfo(found.offset(), found.timestamp(), Optional.of(0)))
				.orElseGet(() -> new ListOffsetsResultInfo(-1, -1, Optional.empty()));
		}
		if (spec instanceof OffsetSpec.EarliestSpec) {
			return new ListOffsetsResultInfo(log.startOffset(), -1, Optional.of(0));
		}
		if (spec instanceof OffsetSpec.LatestSpec) {
			return new ListOffsetsResultInfo(log.endOffset(committedOnly), -1, Optional.of(0));
		}
		throw new UnsupportedOperationException(
				"The in-memory broker can't look for " + spec.getClass().getSimpleName());
	}

}
