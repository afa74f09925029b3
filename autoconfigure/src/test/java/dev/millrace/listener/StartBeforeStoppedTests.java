package dev.millrace.listener;

import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A container that is started again before it has stopped: its old consumer is still
 * there.
 */
class StartBeforeStoppedTests {

	private final BrokerModel broker = new BrokerModel();

	private final ListenerFixture application = new ListenerFixture(this.broker,
			ListenerFixture.flow(Ordering.PARTITION, 1, 100, 50))
		.finishing();

	@Test
	void nothingRunsBehindARecordThatWasHeldBack() {
		this.application.send(BrokerModel.P0, 2);
		this.application.poll();
		this.application.stopping = true;
		this.application.run();
		this.application.stopping = false;
		this.application.send(BrokerModel.P0, 2);
		this.application.poll();
		this.application.run();

		assertThat(this.application.handled).isEmpty();
		assertThat(this.broker.committed(BrokerModel.P0)).isZero();
	}

	@Test
	void consumerThatHasHeldNothingBackGoesOn() {
		this.application.send(BrokerModel.P0, 1);
		this.application.poll();
		this.application.run();
		this.application.stopping = true;
		this.application.stopping = false;
		this.application.send(BrokerModel.P0, 1);
		this.application.poll();
		this.application.run();

		assertThat(this.application.handled).hasSize(2);
	}

}
