package dev.millrace.listener;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.Ordering;
import dev.millrace.dispatch.InFlightRecord;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A subscriber that works through its partitions one record at a time repeats nothing
 * when it is stopped in an orderly way, wherever it stands.
 */
@Timeout(60)
class CleanStopTests {

	private static final int RECORDS = 20;

	@Test
	void singleThreadRepeatsNothingAfterACleanStop() throws InterruptedException {
		for (int k = 0; k < RECORDS; k++) {
			stopWhileRecordRuns(k);
		}
	}

	private static void stopWhileRecordRuns(int k) throws InterruptedException {
		BrokerModel broker = new BrokerModel();
		ListenerFixture first = application(broker);
		first.send(BrokerModel.P0, RECORDS);
		first.poll();
		for (int offset = 0; offset < k; offset++) {
			first.run();
			first.finish(first.running(offset));
			if (offset % 3 == 0) {
				first.poll();
			}
		}
		first.run();
		InFlightRecord last = first.running(k);
		// Before or after the stop has begun: it makes no difference.
		Thread handler = new Thread(() -> first.finish(last));
		handler.start();
		first.revoke();
		handler.join();
		first.run();
		assertThat(first.handled).hasSize(k + 1);
		assertThat(broker.committed(BrokerModel.P0)).isEqualTo(k + 1);

		ListenerFixture second = application(broker).finishing();
		second.runToTheEnd();
		assertThat(second.handled).extracting((record) -> record.offset())
			.containsExactlyElementsOf(
					broker.log.subList(k + 1, RECORDS).stream().map((record) -> record.offset()).toList());
	}

	private static ListenerFixture application(BrokerModel broker) {
		return new ListenerFixture(broker, ListenerFixture.flow(Ordering.PARTITION, 1, 100, 50));
	}

}
