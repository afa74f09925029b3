package dev.millrace.sample.words;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WordSplitterTests {

	private final WordSplitter splitter = new WordSplitter();

	@Test
	void wordsAreInLowerCaseAndInOrder() {
		assertThat(this.splitter.split("To be, or NOT to be?")).containsExactly("to", "be", "or", "not", "to", "be");
	}

	@Test
	void apostropheWithinWordBelongsToIt() {
		assertThat(this.splitter.split("'Don't', she said")).containsExactly("don't", "she", "said");
	}

	@Test
	void lettersAndDigitsOfAllScriptsAreWords() {
		assertThat(this.splitter.split("\u00dcber 42 \u043c\u0438\u0440")).containsExactly("\u00fcber", "42",
				"\u043c\u0438\u0440");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "... - !" })
	void lineWithoutWordsPublishesNothing(String line) {
		assertThat(this.splitter.split(line)).isNull();
	}

}
