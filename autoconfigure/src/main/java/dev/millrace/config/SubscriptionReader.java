package dev.millrace.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import dev.millrace.StreamConfigurationException;
import dev.millrace.config.PartitionReader.NamedPartitions;
import dev.millrace.endpoint.Subscription;
import dev.millrace.endpoint.TopicName;
import dev.millrace.endpoint.TopicTemplate;

/**
 * Reads what a subscriber subscribes to.
 */
final class SubscriptionReader {

	private final String where;

	private final String prefix;

	SubscriptionReader(String where, String prefix) {
		this.where = where;
		this.prefix = prefix;
	}

	Subscription read(List<String> names, @Nullable String pattern, List<NamedPartitions> partitions) {
		if (partitions.isEmpty()) {
			return read(names, pattern);
		}
		if (!names.isEmpty() || pattern != null) {
			throw new StreamConfigurationException("%s subscribes to %s and partitions together.".formatted(this.where,
					names.isEmpty() ? "a pattern" : "topics"), "Give it one of them.");
		}
		return new PartitionReader(this.where, this.prefix).read(partitions);
	}

	private Subscription read(List<String> names, @Nullable String pattern) {
		List<String> topics = names.stream().map(this.prefix::concat).toList();
		if (topics.isEmpty() == (pattern == null)) {
			throw new StreamConfigurationException(
					"%s subscribes to %s.".formatted(this.where,
							(pattern != null) ? "topics and a pattern together" : "no topic"),
					"Give the subscriber either topics or a pattern.");
		}
		if (pattern != null) {
			return new Subscription.TopicPattern(compile(pattern));
		}
		if (topics.stream().anyMatch(TopicTemplate::isTemplate)) {
			return new Subscription.Templates(topics.stream().map(this::template).toList());
		}
		topics.forEach((topic) -> TopicName.check(topic, this.where));
		return new Subscription.Topics(topics);
	}

	private TopicTemplate template(String text) {
		try {
			return TopicTemplate.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new StreamConfigurationException(
					"%s has the topic template '%s', but %s.".formatted(this.where, text, ex.getMessage()),
					"Write names and variables: logs.{level}, or logs.{level:info|warn} with a regular expression.",
					ex);
		}
	}

	private Pattern compile(String pattern) {
		try {
			Pattern compiled = Pattern.compile(pattern);
			return this.prefix.isEmpty() ? compiled
					: Pattern.compile(Pattern.quote(this.prefix) + "(?:" + pattern + ")");
		}
		catch (PatternSyntaxException ex) {
			throw new StreamConfigurationException(
					"%s has the pattern '%s', which is not a regular expression.".formatted(this.where, pattern),
					"Correct it; \\\\. stands for a dot.", ex);
		}
	}

}
