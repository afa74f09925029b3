package dev.millrace.failure;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.Backoff;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Lets records wait in a topic, so that their lanes go on. A record is finished when the
 * broker has confirmed that it waits there. What was done of it so far is not kept: all
 * of it is done again.
 */
final class TopicRetry implements RetryStrategy {

	private static final Log logger = LogFactory.getLog(TopicRetry.class);

	private final SubscriberEndpoint endpoint;

	private final String topic;

	private final Backoff backoff;

	private final RecordForwarder forwarder;

	private final InstantSource clock;

	private final TopicWrites writes;

	TopicRetry(SubscriberEndpoint endpoint, RecordForwarder forwarder, InstantSource clock, TopicWrites writes) {
		this.endpoint = endpoint;
		this.topic = endpoint.delivery().retry().topic();
		this.backoff = endpoint.delivery().retry().backoff().forBroker();
		this.forwarder = forwarder;
		this.clock = clock;
		this.writes = writes;
	}

	@Override
	public void retry(InFlightRecord record, Duration delay, Throwable cause, RecordHandler next) {
		write(record, WaitingRecord.of(record, delay, this.clock.instant()), cause);
	}

	/**
	 * Have a record wait that was not tried.
	 * @param record the record
	 * @param cause why
	 */
	void park(InFlightRecord record, Throwable cause) {
		write(record, WaitingRecord.untried(record, this.clock.instant()), cause);
	}

	private void write(InFlightRecord record, WaitingRecord waiting, Throwable cause) {
		ConsumerRecord<byte[], byte[]> original = waiting.original();
		TopicWrites.Write write = this.writes.begun(original);
		this.forwarder.forward(original, topic(original), waiting.timestamp(),
				(headers) -> waiting.addTo(headers, cause), (unsent, problem) -> {
					if (problem == null) {
						record.finish();
						write.ended(true);
						return;
					}
					Duration delay = this.backoff.delayAfter(record.attempt());
					logger.error("%s: %s-%d@%d could not be written to %s; it is written again in %d ms".formatted(
							this.endpoint.describe(), original.topic(), original.partition(), original.offset(),
							this.topic, delay.toMillis()), problem);
					record.retry(delay, (again) -> {
						write(again, waiting, cause);
						return null;
					});
					write.ended(false);
				});
	}

	// The topics that match a pattern are not known here.
	private DerivedTopic topic(ConsumerRecord<?, ?> record) {
		List<String> topics = this.endpoint.subscription().topics();
		return DerivedTopic.ofRetries(this.endpoint.delivery().retry(),
				topics.isEmpty() ? List.of(record.topic()) : topics);
	}

}
