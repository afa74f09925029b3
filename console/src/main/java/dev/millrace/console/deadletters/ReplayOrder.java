package dev.millrace.console.deadletters;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.millrace.deadletter.DeadLetterFilter;
import dev.millrace.deadletter.RecordPosition;
import dev.millrace.deadletter.ReplayRequest;

/**
 * What is to be replayed, and how. What is left out is no condition.
 *
 * @param subscriber the id of the subscriber
 * @param exception what the class of the exception or its message contains
 * @param key the key
 * @param from the earliest time at which it became a dead letter
 * @param to the time before which it became one
 * @param positions where they are; not empty
 * @param target what they go to, by default the topic
 * @param rate how many in a second at most
 * @param maxReplays how often a record may be replayed in all, by default 3
 */
record ReplayOrder(@Nullable String subscriber, @Nullable String exception, @Nullable String key,
		@Nullable Instant from, @Nullable Instant to, @Nullable List<String> positions,
		ReplayRequest.@Nullable Target target, @Nullable Double rate, @Nullable Integer maxReplays) {

	ReplayRequest request(@Nullable String by) {
		Assert.isTrue(this.subscriber != null, "Say whose dead letters are to be replayed");
		// None chosen must not mean all.
		Assert.isTrue(this.positions == null || !this.positions.isEmpty(), "No dead letter is chosen");
		Set<RecordPosition> chosen = (this.positions != null)
				? this.positions.stream().map(RecordPosition::parse).collect(Collectors.toSet()) : Set.of();
		ReplayRequest all = ReplayRequest.of(this.subscriber);
		return new ReplayRequest(this.subscriber,
				new DeadLetterFilter(this.exception, this.key, this.from, this.to, chosen, false),
				(this.target != null) ? this.target : all.target(), this.rate,
				(this.maxReplays != null) ? this.maxReplays : all.maxReplays(), by);
	}

}
