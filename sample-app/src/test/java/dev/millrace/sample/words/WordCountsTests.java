package dev.millrace.sample.words;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WordCountsTests {

	private final WordCounts counts = new WordCounts();

	@Test
	void mostFrequentIsFirstAndTiesAreAlphabetical() {
		this.counts.count(List.of("b", "a", "c"));
		this.counts.count(List.of("c"));

		assertThat(this.counts.mostFrequent(2)).containsExactly(new WordCount("c", 2), new WordCount("a", 1));
	}

}
