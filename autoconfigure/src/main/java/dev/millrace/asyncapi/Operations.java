package dev.millrace.asyncapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import dev.millrace.endpoint.BodyType;
import dev.millrace.endpoint.Documentation;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.NamedType;
import dev.millrace.endpoint.Publication;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Makes operations of subscribers and publishers.
 */
final class Operations {

	private final Messages messages;

	private final Identifiers ids = new Identifiers();

	private final List<Operation> operations = new ArrayList<>();

	Operations(Messages messages) {
		this.messages = messages;
	}

	List<Operation> all() {
		return this.operations;
	}

	void add(SubscriberEndpoint subscriber) {
		if (subscriber.documentation().hidden()) {
			return;
		}
		List<HandlerEndpoint> handlers = subscriber.handlers()
			.stream()
			.filter((handler) -> !handler.documentation().hidden())
			.toList();
		if (handlers.isEmpty()) {
			return;
		}
		List<NamedType> path = handlers.stream().flatMap((handler) -> handler.signature().path().stream()).toList();
		List<Address> addresses = Address.of(subscriber.subscription(), path);
		for (Address address : addresses) {
			String id = (addresses.size() > 1) ? subscriber.id() + "-" + address.name() : subscriber.id();
			receive(this.ids.take(id), address, subscriber, handlers);
		}
		for (HandlerEndpoint handler : handlers) {
			for (PublisherEndpoint publisher : handler.publishers()) {
				send(subscriber, handler, publisher);
			}
		}
	}

	void add(Publication publication) {
		PublisherEndpoint publisher = publication.publisher();
		if (!publisher.documentation().hidden()) {
			String id = this.ids.take("send-" + publication.id());
			send(id, publisher, this.messages.published(id, publication), List.of());
		}
	}

	private void receive(String id, Address address, SubscriberEndpoint subscriber, List<HandlerEndpoint> handlers) {
		List<Message> received = handlers.stream()
			.map((handler) -> this.messages.received(owner(id, handlers, handler), subscriber, handler))
			.toList();
		List<Message> answers = new ArrayList<>();
		for (HandlerEndpoint handler : handlers) {
			BodyType result = handler.signature().result();
			if (result != null && Messages.answers(subscriber, handler)) {
				answers.add(this.messages.answer(owner(id, handlers, handler) + "-reply", result));
			}
		}
		this.operations.add(
				new Operation(id, address,
						content("receive", subscriber.documentation(), tags(subscriber),
								Bindings.operation(subscriber.consumer())),
						received, answers.isEmpty() ? null : answers));
	}

	private void send(SubscriberEndpoint subscriber, HandlerEndpoint handler, PublisherEndpoint publisher) {
		if (!publisher.documentation().hidden()) {
			String id = this.ids.take(subscriber.id() + "-send-" + publisher.topic());
			send(id, publisher, this.messages.published(id, handler, publisher), subscriber.documentation().tags());
		}
	}

	private void send(String id, PublisherEndpoint publisher, Message message, List<String> around) {
		Set<String> tags = new LinkedHashSet<>(around);
		tags.addAll(publisher.documentation().tags());
		this.operations.add(new Operation(id, Address.of(publisher.topic()),
				content("send", publisher.documentation(), tags, null), List.of(message), null));
	}

	private static ObjectNode content(String action, Documentation said, Set<String> tags,
			@Nullable ObjectNode bindings) {
		return new Json().text("action", action)
			.text("title", said.title())
			.text("description", said.description())
			.tags(tags)
			.object("bindings", bindings)
			.build();
	}

	private static Set<String> tags(SubscriberEndpoint subscriber) {
		return new LinkedHashSet<>(Stream
			.concat(subscriber.documentation().tags().stream(),
					subscriber.handlers().stream().flatMap((handler) -> handler.documentation().tags().stream()))
			.toList());
	}

	private static String owner(String id, List<HandlerEndpoint> handlers, HandlerEndpoint handler) {
		return (handlers.size() > 1) ? id + "-" + handler.method().method().getName() : id;
	}

}
