package dev.millrace.config;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.millrace.endpoint.DeadLetterSettings;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Pattern of the topics that a subscriber reads, without those that its own dead letters
 * go to: what it has written because it failed must not come back as a record. A
 * subscriber of dead letters, {@code .*-dlt}, still reads those of others.
 */
final class SourcePattern {

	private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?<[a-zA-Z]\\w*>");

	private SourcePattern() {
	}

	static @Nullable Pattern of(SubscriberEndpoint endpoint) {
		Pattern pattern = endpoint.subscription().pattern();
		DeadLetterSettings deadLetter = endpoint.delivery().deadLetter();
		if (pattern == null || !deadLetter.enabled()) {
			return pattern;
		}
		// First as it is, so that references to its groups stay true.
		return Pattern.compile("(?=(?:" + pattern.pattern() + ")\\z)(?!" + deadLetters(pattern, deadLetter) + "\\z).*",
				pattern.flags());
	}

	private static String deadLetters(Pattern pattern, DeadLetterSettings deadLetter) {
		if (deadLetter.topic() != null) {
			return Pattern.quote(deadLetter.topic());
		}
		// A name may stand for one group only.
		String sources = NAMED_GROUP.matcher(pattern.pattern()).replaceAll("(");
		return "(?:" + sources + ")" + Pattern.quote(deadLetter.topicFor(""));
	}

}
