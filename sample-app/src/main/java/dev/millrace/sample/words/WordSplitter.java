package dev.millrace.sample.words;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Splits lines of text into words, in lower case. The words of a line are published as
 * one JSON array.
 */
@Component
class WordSplitter {

	// Letters and digits of all scripts, and apostrophes within: don't
	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['’][\\p{L}\\p{M}\\p{N}]+)*");

	@StreamSubscriber("lines")
	@StreamPublisher("words")
	@Nullable List<String> split(String line) {
		List<String> words = WORD.matcher(line.toLowerCase(Locale.ROOT)).results().map((word) -> word.group()).toList();
		return (!words.isEmpty()) ? words : null;
	}

}
