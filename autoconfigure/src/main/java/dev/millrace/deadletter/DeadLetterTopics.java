package dev.millrace.deadletter;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Finds the dead letters of a subscriber, which may share its topics with others.
 */
final class DeadLetterTopics {

	private final RecordScan scan;

	private final TopicLookup lookup;

	DeadLetterTopics(RecordScan scan, TopicLookup lookup) {
		this.scan = scan;
		this.lookup = lookup;
	}

	/**
	 * Read the dead letters that are there now.
	 * @param endpoint the subscriber
	 * @param replayed those that have been replayed
	 * @param from where to begin, or {@code null} for the beginning
	 * @param cancelled ends the scan, also when no record comes
	 * @param visitor gets each dead letter; {@code false} ends the scan
	 */
	void read(SubscriberEndpoint endpoint, ReplayedLetters replayed, @Nullable RecordPosition from,
			BooleanSupplier cancelled, Predicate<DeadLetter> visitor) {
		List<String> topics = topics(endpoint);
		Map<String, String> ids = this.lookup.ids(topics);
		this.scan.scan(topics, from, cancelled, (record) -> {
			DeadLetter letter = letter(endpoint, record, replayed, Objects.requireNonNull(ids.get(record.topic())));
			return letter == null || visitor.test(letter);
		});
	}

	private List<String> topics(SubscriberEndpoint endpoint) {
		Set<String> existing = this.scan.topics();
		Set<String> sources = new HashSet<>(endpoint.subscription().topics());
		existing.stream().filter(endpoint.subscription()::reads).forEach(sources::add);
		return sources.stream()
			.map(endpoint.delivery().deadLetter()::topicFor)
			.distinct()
			.filter(existing::contains)
			.toList();
	}

	private static @Nullable DeadLetter letter(SubscriberEndpoint endpoint, ConsumerRecord<byte[], byte[]> record,
			ReplayedLetters replayed, String topicId) {
		DeadLetterOrigin origin = OriginReader.read(record);
		if (origin == null || !isOf(endpoint, origin)) {
			return null;
		}
		return new DeadLetter(record, origin, replayed.contains(RecordPosition.of(record), topicId), topicId);
	}

	private static boolean isOf(SubscriberEndpoint endpoint, DeadLetterOrigin origin) {
		if (origin.group() != null && !origin.group().equals(endpoint.consumer().groupId())) {
			return false;
		}
		return (origin.subscriber() != null) ? origin.subscriber().equals(endpoint.id())
				: endpoint.subscription().reads(origin.record().topic());
	}

}
