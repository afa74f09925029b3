package dev.millrace.sample.words;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

import dev.millrace.annotation.StreamSubscriber;

/**
 * How often each word occurs. The counts are only in memory; a consumer group that is new
 * at each start counts the whole topic again.
 * <p>
 * A record that is handled again after a failure counts twice. Where that matters,
 * remember what was handled, as the ledger does.
 */
@Component
class WordCounts {

	private static final Comparator<WordCount> MOST_FREQUENT_FIRST = Comparator.comparingLong(WordCount::count)
		.reversed()
		.thenComparing(WordCount::word);

	private final Map<String, Long> counts = new ConcurrentHashMap<>();

	@StreamSubscriber(topics = "words", groupId = "${spring.application.name}.words.${random.uuid}",
			autoOffsetReset = "earliest")
	void count(List<String> words) {
		words.forEach((word) -> this.counts.merge(word, 1L, Long::sum));
	}

	List<WordCount> mostFrequent(int limit) {
		return this.counts.entrySet()
			.stream()
			.map((entry) -> new WordCount(entry.getKey(), entry.getValue()))
			.sorted(MOST_FREQUENT_FIRST)
			.limit(limit)
			.toList();
	}

}
