package dev.millrace.listener;

import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.millrace.AckPolicy;
import dev.millrace.monitor.SubscriberMonitor;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommitFirst}.
 */
class CommitFirstTests {

	private static final TopicPartition P0 = BrokerModel.P0;

	private final BrokerModel broker = new BrokerModel();

	private BrokerConsumer consumer;

	private CommitFirst commits;

	@BeforeEach
	void start() {
		for (int i = 0; i < 5; i++) {
			this.broker.send(P0, "k");
		}
		this.consumer = new BrokerConsumer(this.broker, 3);
		this.commits = new CommitFirst(new OffsetCommitter(TestEndpoint.of(TestEndpoint.delivery(AckPolicy.ACK_FIRST)),
				this.consumer, new SubscriberMonitor()), this.consumer, new OwnedPartitions(this.consumer));
	}

	@Test
	void recordsAreCommittedBeforeTheyMayBeHandled() {
		assertThat(this.commits.polled(this.consumer.poll(Duration.ZERO))).isTrue();
		assertThat(this.broker.committed(P0)).isEqualTo(3);
	}

	@Test
	void recordsThatCouldNotBeCommittedArePolledAgainAndNotHandledBefore() {
		this.consumer.thrown.add(new RetriableCommitFailedException("no coordinator"));
		ConsumerRecords<byte[], byte[]> records = this.consumer.poll(Duration.ZERO);
		assertThat(this.commits.polled(records)).isFalse();
		assertThat(this.broker.committed(P0)).isZero();
		assertThat(this.consumer.position(P0)).isEqualTo(records.records(P0).get(0).offset());
	}

	@Test
	void partitionThatWasLostMeanwhileIsNotCommitted() {
		ConsumerRecords<byte[], byte[]> records = this.consumer.poll(Duration.ZERO);
		this.consumer.rebalance(List.of(BrokerModel.P1));
		assertThat(this.commits.polled(records)).isTrue();
		assertThat(this.broker.committed(P0)).isZero();
	}

}
