package dev.millrace.console.topics;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.millrace.console.ConsoleOperations;
import dev.millrace.console.ConsolePage;
import dev.millrace.console.ConsoleRequest;

/**
 * Page <em>Topics</em>.
 */
public final class TopicsPage implements ConsolePage {

	private static final int LIMIT = 50;

	private final TopicBrowser browser;

	/**
	 * Create the page.
	 * @param browser looks into topics
	 */
	public TopicsPage(TopicBrowser browser) {
		this.browser = browser;
	}

	@Override
	public void addTo(ConsoleOperations operations) {
		operations.read("topics", (request) -> this.browser.topics())
			.contents("topics/records", (request) -> this.browser.browse(query(request)))
			.contents("topics/record", (request) -> this.browser.record(request.required("topic"),
					Integer.parseInt(request.required("partition")), Long.parseLong(request.required("offset"))));
	}

	private static RecordQuery query(ConsoleRequest request) {
		RecordQuery.Start start = value(request, "start",
				(text) -> RecordQuery.Start.valueOf(text.toUpperCase(Locale.ROOT)));
		Integer limit = value(request, "limit", Integer::valueOf);
		return new RecordQuery(request.required("topic"), value(request, "partition", Integer::valueOf),
				(start != null) ? start : RecordQuery.Start.NEWEST, value(request, "offset", Long::valueOf),
				value(request, "time", TopicsPage::time), request.parameter("text"), (limit != null) ? limit : LIMIT,
				value(request, "after", RecordCursor::parse));
	}

	private static Instant time(String text) {
		try {
			return Instant.parse(text);
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException("Not a time in the form of ISO 8601: " + text, ex);
		}
	}

	private static <T> @Nullable T value(ConsoleRequest request, String name, Function<String, T> reader) {
		String text = request.parameter(name);
		return (text != null) ? reader.apply(text) : null;
	}

}
