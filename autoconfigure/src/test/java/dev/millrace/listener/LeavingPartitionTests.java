package dev.millrace.listener;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;
import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.Timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Partitions that were given up and are still in the consumer's assignment, as in the
 * protocol of KIP-848.
 */
class LeavingPartitionTests {

	private final BrokerModel broker = new BrokerModel();

	private final HoldingReader reader = new HoldingReader();

	private final ListenerFixture application = new ListenerFixture(this.broker,
			ListenerFixture.flow(Ordering.NONE, 10, 6, 3), Timer.SYSTEM, this.reader::of)
		.finishing();

	@Test
	void partitionIsNeitherBegunAnewNorPaused() {
		this.application.poll();
		assertThat(this.application.consumer.paused()).containsExactlyInAnyOrder(BrokerModel.P0, BrokerModel.P1);
		this.application.giveUp(BrokerModel.P0);

		this.application.poll();
		assertThat(this.reader.held).containsExactly(BrokerModel.P1);

		this.application.consumer.rebalance(List.of(BrokerModel.P1));
		assertThatNoException().isThrownBy(this.application::assigned);
	}

	@Test
	void rebalanceGoesOnWhenAPartitionHasGoneUnreported() {
		this.application.poll();
		this.application.consumer.rebalance(List.of(BrokerModel.P1));
		assertThatNoException().isThrownBy(this.application::assigned);
	}

	@Test
	void recordsOfThePartitionAreNotHandledUntilItIsAssignedAnew() {
		this.reader.holding = false;
		this.application.poll();
		this.application.giveUp(BrokerModel.P0);
		this.application.send(BrokerModel.P0, 1);
		this.application.poll();
		this.application.run();
		assertThat(this.application.handled).isEmpty();

		this.application.assigned(BrokerModel.P0);
		this.application.send(BrokerModel.P0, 1);
		this.application.poll();
		this.application.run();
		assertThat(this.application.handledCoordinates()).containsExactly("0@1");
	}

	@Test
	void consumerThatStopsIsForgottenWhateverIsLeaving() {
		this.reader.holding = false;
		this.application.poll();
		this.application.giveUp(BrokerModel.P0);
		int sessions = this.reader.sessions;
		this.application.stopping = true;
		this.application.giveUp(BrokerModel.P1);
		this.application.assigned();
		assertThat(this.reader.sessions).isEqualTo(sessions + 1);
	}

	/**
	 * Holds whatever the consumer has.
	 */
	private static final class HoldingReader implements RetryReader {

		private final Set<TopicPartition> held = new HashSet<>();

		private boolean holding = true;

		private int sessions;

		RetryReader of(Consumer<?, ?> consumer) {
			this.sessions++;
			return this;
		}

		@Override
		public void assigned(Collection<TopicPartition> partitions) {
		}

		@Override
		public void read(Assignment assignment, Collection<TopicPartition> owned, boolean pause) {
			if (this.holding) {
				this.held.addAll(owned);
			}
		}

		@Override
		public Collection<TopicPartition> held() {
			return this.held;
		}

		@Override
		public Collection<TopicPartition> of(Collection<TopicPartition> partitions) {
			return List.of();
		}

		@Override
		public void revoked(Collection<TopicPartition> partitions) {
			this.held.removeAll(partitions);
		}

		@Override
		public boolean isEmpty() {
			return this.held.isEmpty();
		}

	}

}
