package dev.millrace.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Partitions that are lost while the client still has records of them.
 */
class LostPartitionTests {

	private final BrokerModel broker = new BrokerModel();

	private final ListenerFixture application = new ListenerFixture(this.broker,
			ListenerFixture.flow(Ordering.NONE, 10, 6, 3))
		.finishing();

	@Test
	void recordsThatArriveAfterTheirPartitionWasLostAreNeitherHandledNorCommitted() {
		this.application.send(BrokerModel.P0, 1);
		this.application.send(BrokerModel.P1, 1);
		this.application.losePartition(BrokerModel.P0);
		this.application.run();
		this.application.poll();
		assertThat(this.application.handledCoordinates()).containsExactly("1@0");
		assertThat(this.broker.committed).containsOnlyKeys(BrokerModel.P1);
	}

	@Test
	void seekThatIsOrderedWhileItsPartitionIsGivenUpFails() {
		this.application.finishing().send(BrokerModel.P0, 1);
		this.application.poll();
		this.application.run();
		List<CompletionStage<Void>> seeks = new ArrayList<>();
		this.application.consumer.committing = () -> seeks.add(this.application.seek(BrokerModel.P0, 0));

		this.application.revoke();

		assertThat(seeks).singleElement()
			.satisfies((seek) -> assertThat(seek.toCompletableFuture()).isCompletedExceptionally());
	}

}
