package dev.millrace.observation;

import java.util.List;

import io.micrometer.observation.Observation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import dev.millrace.PublishResult;
import dev.millrace.publisher.Confirmation;
import dev.millrace.publisher.ForwardObserver;

/**
 * Observes the writing of retries and dead letters. A copy that is written when nothing
 * is known of the handling any more takes along the trace that its record came with.
 */
final class ObservedForwarding implements ForwardObserver {

	private final StreamObservations observations;

	ObservedForwarding(StreamObservations observations) {
		this.observations = observations;
	}

	@Override
	public Confirmation forwarding(ConsumerRecord<byte[], byte[]> record, String topic, Headers headers,
			Confirmation confirmed) {
		if (!this.observations.isWithin()) {
			return confirmed;
		}
		PublishContext context = new PublishContext(topic, record.key());
		Observation observation = this.observations.start(context, null);
		StreamObservations.headers(context).forEach((name, value) -> HeaderText.set(headers, name, value));
		return new Observed(context, observation, confirmed);
	}

	/**
	 * Stops the observation.
	 *
	 * @param context what is observed
	 * @param observation the observation
	 * @param confirmed what else is to be told
	 */
	private record Observed(PublishContext context, Observation observation,
			Confirmation confirmed) implements Confirmation {

		@Override
		public void confirmed(ProducerRecord<byte[], byte[]> record, RecordMetadata metadata) {
			this.context.result(new PublishResult(metadata.topic(), metadata.partition(), metadata.offset()));
			this.confirmed.confirmed(record, metadata);
		}

		@Override
		public void completed(List<ProducerRecord<byte[], byte[]>> unsent, @Nullable Throwable failure) {
			try {
				stop(failure);
			}
			finally {
				this.confirmed.completed(unsent, failure);
			}
		}

		@Override
		public void abandoned(Throwable failure) {
			try {
				stop(failure);
			}
			finally {
				this.confirmed.abandoned(failure);
			}
		}

		private void stop(@Nullable Throwable failure) {
			if (failure != null) {
				this.observation.error(failure);
			}
			this.observation.stop();
		}

	}

}
