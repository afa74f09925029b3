package dev.millrace.observation;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

import dev.millrace.publisher.Confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ObservedForwarding}.
 */
class ObservedForwardingTests {

	private final List<List<ProducerRecord<byte[], byte[]>>> ended = new ArrayList<>();

	@Test
	void handlerOfObservationsThatFailsKeepsNoRecordUnfinished() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new FailingHandler());
		StreamObservations observations = new StreamObservations(registry,
				new ObservationConventions(null, null, null));
		Observation handling = Observation.start("handling", registry);
		try (Observation.Scope scope = handling.openScope()) {
			Confirmation confirmation = observations.forwards()
				.forwarding(new ConsumerRecord<>("t", 0, 0, null, null), "t-dlt", new RecordHeaders(),
						(unsent, failure) -> this.ended.add(unsent));

			assertThatIllegalStateException().isThrownBy(() -> confirmation.completed(List.of(), null));
		}
		assertThat(this.ended).containsExactly(List.of());
	}

	private static final class FailingHandler implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			throw new IllegalStateException("A handler with a bug");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof PublishContext;
		}

	}

}
