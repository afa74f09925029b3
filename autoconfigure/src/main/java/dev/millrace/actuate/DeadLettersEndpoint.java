package dev.millrace.actuate;

import java.security.Principal;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import dev.millrace.deadletter.DeadLetterFilter;
import dev.millrace.deadletter.DeadLetterGroup;
import dev.millrace.deadletter.DeadLetterPage;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.deadletter.RecordPosition;
import dev.millrace.deadletter.Replay;
import dev.millrace.deadletter.ReplayEntry;
import dev.millrace.deadletter.ReplayRequest;

/**
 * Actuator endpoint {@code deadletters}: shows dead letters, bodies included, and replays
 * them.
 */
@Endpoint(id = "deadletters")
public final class DeadLettersEndpoint {

	private static final int LIMIT = 50;

	private final DeadLetters letters;

	/**
	 * Create the endpoint.
	 * @param letters the dead letters
	 */
	public DeadLettersEndpoint(DeadLetters letters) {
		this.letters = letters;
	}

	/**
	 * Return the replays that this application has begun.
	 * @return the replays, the latest first
	 */
	@ReadOperation
	public List<Replay> replays() {
		return this.letters.replays();
	}

	/**
	 * Return dead letters of a subscriber. What is left out is no condition.
	 * @param subscriber its id
	 * @param exception what the class of the exception or its message contains
	 * @param key the key
	 * @param from the earliest time at which it became a dead letter
	 * @param to the time before which it became one
	 * @param replayed whether to return also those that have been replayed
	 * @param after where to go on, as the page before says
	 * @param limit how many at most, by default 50
	 * @return the dead letters
	 */
	@ReadOperation
	public DeadLetterList find(@Selector String subscriber, @Nullable String exception, @Nullable String key,
			@Nullable OffsetDateTime from, @Nullable OffsetDateTime to, @Nullable Boolean replayed,
			@Nullable String after, @Nullable Integer limit) {
		return valid(() -> {
			DeadLetterFilter filter = filter(exception, key, from, to, Set.of(), Boolean.TRUE.equals(replayed));
			DeadLetterPage page = this.letters.find(subscriber, filter,
					(after != null) ? RecordPosition.parse(after) : null, Objects.requireNonNullElse(limit, LIMIT));
			return new DeadLetterList(page.letters().stream().map(DeadLetterDescription::of).toList(),
					(page.next() != null) ? page.next().toString() : null);
		});
	}

	/**
	 * Return what there is of a subscriber's dead letters as a whole.
	 * @param subscriber its id
	 * @param view {@code groups} for their numbers by exception, {@code log} for what was
	 * replayed and who wanted it
	 * @return the {@link DeadLetterGroup groups} or the {@link ReplayEntry entries} of
	 * the log of replays, or {@code null} for another view
	 */
	@ReadOperation
	public @Nullable List<? extends Record> view(@Selector String subscriber, @Selector String view) {
		return switch (view) {
			case "groups" -> valid(() -> this.letters.groups(subscriber));
			case "log" -> valid(() -> this.letters.log(subscriber));
			default -> null;
		};
	}

	/**
	 * Replay dead letters of a subscriber. What is left out is no condition.
	 * @param subscriber its id
	 * @param exception what the class of the exception or its message contains
	 * @param key the key
	 * @param from the earliest time at which it became a dead letter
	 * @param to the time before which it became one
	 * @param positions where they are, with commas between
	 * @param target what they go to, by default the topic
	 * @param rate how many in a second at most
	 * @param maxReplays how often a record may be replayed in all, by default 3
	 * @param security says who wants it
	 * @return the replay, which goes on
	 */
	@WriteOperation
	public Replay replay(@Selector String subscriber, @Nullable String exception, @Nullable String key,
			@Nullable OffsetDateTime from, @Nullable OffsetDateTime to, @Nullable String positions,
			ReplayRequest.@Nullable Target target, @Nullable Double rate, @Nullable Integer maxReplays,
			SecurityContext security) {
		return valid(() -> {
			ReplayRequest all = ReplayRequest.of(subscriber);
			Principal principal = security.getPrincipal();
			return this.letters
				.replay(new ReplayRequest(subscriber, filter(exception, key, from, to, positions(positions), false),
						Objects.requireNonNullElse(target, all.target()), rate,
						Objects.requireNonNullElse(maxReplays, all.maxReplays()),
						(principal != null) ? principal.getName() : null));
		});
	}

	/**
	 * Cancel a replay that this application has begun.
	 * @param replay its id
	 * @return the replay
	 */
	@DeleteOperation
	public Replay cancel(@Selector String replay) {
		return valid(() -> this.letters.cancel(replay));
	}

	private static DeadLetterFilter filter(@Nullable String exception, @Nullable String key,
			@Nullable OffsetDateTime from, @Nullable OffsetDateTime to, Set<RecordPosition> positions,
			boolean replayed) {
		return new DeadLetterFilter(exception, key, (from != null) ? from.toInstant() : null,
				(to != null) ? to.toInstant() : null, positions, replayed);
	}

	// Given, but with none in it, must not mean all.
	private static Set<RecordPosition> positions(@Nullable String text) {
		return (text != null)
				? Arrays.stream(text.split(",", -1)).map(RecordPosition::parse).collect(Collectors.toSet()) : Set.of();
	}

	private static <T> T valid(Supplier<T> operation) {
		try {
			return operation.get();
		}
		catch (IllegalArgumentException ex) {
			String reason = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(reason, reason);
		}
	}

}
