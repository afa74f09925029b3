package dev.millrace.console.deadletters;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.millrace.console.ConsoleOperations;
import dev.millrace.console.ConsolePage;
import dev.millrace.console.ConsoleRequest;
import dev.millrace.deadletter.DeadLetterFilter;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.deadletter.RecordPosition;
import dev.millrace.endpoint.EndpointRegistry;

/**
 * Page <em>Dead letters</em>.
 */
public final class DeadLettersPage implements ConsolePage {

	private static final int LIMIT = 50;

	private static final int MAX = 200;

	private final DeadLetters letters;

	private final EndpointRegistry endpoints;

	/**
	 * Create the page.
	 * @param letters the dead letters
	 * @param endpoints the subscribers
	 */
	public DeadLettersPage(DeadLetters letters, EndpointRegistry endpoints) {
		this.letters = letters;
		this.endpoints = endpoints;
	}

	@Override
	public void addTo(ConsoleOperations operations) {
		operations
			.read("dead-letters",
					(request) -> this.endpoints.all()
						.stream()
						.filter((endpoint) -> endpoint.delivery().deadLetter().enabled())
						.map(SubscriberLetters::of)
						.toList())
			.read("dead-letters/groups", (request) -> this.letters.groups(request.required("subscriber")))
			.read("dead-letters/replays", (request) -> this.letters.replays())
			.read("dead-letters/log", (request) -> PastReplay.of(this.letters.log(request.required("subscriber"))))
			.contents("dead-letters/find", this::find)
			.write("dead-letters/replay",
					(request) -> this.letters.replay(request.body(ReplayOrder.class).request(request.user())))
			.write("dead-letters/cancel", (request) -> this.letters.cancel(request.required("replay")));
	}

	private LetterList find(ConsoleRequest request) {
		String after = request.parameter("after");
		String limit = request.parameter("limit");
		DeadLetterFilter filter = new DeadLetterFilter(request.parameter("exception"), request.parameter("key"),
				time(request.parameter("from")), time(request.parameter("to")), Set.of(),
				"true".equals(request.parameter("replayed")));
		return LetterList.of(this.letters.find(request.required("subscriber"), filter,
				(after != null) ? RecordPosition.parse(after) : null,
				(limit != null) ? Math.min(Integer.parseInt(limit), MAX) : LIMIT));
	}

	private static @Nullable Instant time(@Nullable String text) {
		try {
			return (text != null) ? Instant.parse(text) : null;
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException("Not a time in the form of ISO 8601: " + text, ex);
		}
	}

}
