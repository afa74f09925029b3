package dev.millrace.console.subscriber;

import java.util.Comparator;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.millrace.actuate.SubscriberAction;
import dev.millrace.actuate.SubscriberActions;
import dev.millrace.actuate.SubscriberDescriptions;
import dev.millrace.actuate.SubscriberDetails;
import dev.millrace.console.ConsoleOperations;
import dev.millrace.console.ConsolePage;
import dev.millrace.console.ConsoleRequest;
import dev.millrace.dispatch.WindowView;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Page <em>Subscriber</em>. The parameter {@code id} says which.
 */
public final class SubscriberPage implements ConsolePage {

	private static final Log logger = LogFactory.getLog(SubscriberPage.class);

	private static final Comparator<SubscriberView.Window> ORDER = Comparator.comparing(SubscriberView.Window::topic)
		.thenComparingInt(SubscriberView.Window::partition);

	private final SubscriberRuntimes runtimes;

	private final SubscriberDescriptions descriptions;

	private final SubscriberActions actions;

	/**
	 * Create the page.
	 * @param runtimes what the subscribers are at run time
	 * @param descriptions describe them
	 * @param actions change them
	 */
	public SubscriberPage(SubscriberRuntimes runtimes, SubscriberDescriptions descriptions, SubscriberActions actions) {
		this.runtimes = runtimes;
		this.descriptions = descriptions;
		this.actions = actions;
	}

	@Override
	public void addTo(ConsoleOperations operations) {
		operations.read("subscriber", this::withoutContents)
			.contents("subscriber/contents", (request) -> find(request.required("id")))
			.write("subscriber/act", this::act)
			.write("subscriber/limits", this::limit);
	}

	private @Nullable SubscriberView act(ConsoleRequest request) {
		String id = request.required("id");
		Command command = request.body(Command.class);
		SubscriberAction action = command.action();
		if (action == null) {
			throw new IllegalArgumentException("The action is missing");
		}
		this.actions.act(id, action, command.target());
		logger.info("Subscriber '%s': %s, by %s in the console".formatted(id, command, who(request)));
		return find(id);
	}

	private @Nullable SubscriberView limit(ConsoleRequest request) {
		String id = request.required("id");
		Limits limits = request.body(Limits.class);
		this.actions.change(id, limits.concurrency(), limits.maxRate());
		logger.info("Subscriber '%s': %s, by %s in the console".formatted(id, limits, who(request)));
		return find(id);
	}

	private @Nullable SubscriberView withoutContents(ConsoleRequest request) {
		SubscriberView view = find(request.required("id"));
		return (view != null) ? view.withoutContents() : null;
	}

	private @Nullable SubscriberView find(String id) {
		SubscriberDetails details = this.descriptions.find(id);
		if (details == null) {
			return null;
		}
		SubscriberRuntime runtime = this.runtimes.get(id);
		List<SubscriberView.Window> windows = runtime.windows()
			.stream()
			.map(SubscriberPage::window)
			.sorted(ORDER)
			.toList();
		return new SubscriberView(details, windows, runtime.inFlight(),
				runtime.oldestUnfinished().map((record) -> record.age().toMillis() / 1000.0).orElse(0.0));
	}

	private static SubscriberView.Window window(WindowView window) {
		return new SubscriberView.Window(window.partition().topic(), window.partition().partition(), window.position(),
				window.fetchedTo(), window.size(), window.unfinished(), window.high(), window.paused());
	}

	private static String who(ConsoleRequest request) {
		String user = request.user();
		return (user != null) ? user : "somebody";
	}

}
