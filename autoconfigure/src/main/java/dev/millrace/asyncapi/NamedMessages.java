package dev.millrace.asyncapi;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import tools.jackson.databind.node.ObjectNode;

/**
 * Messages with their names. Those of one type that are alike are one; where different
 * ones would have the same name, the name of its operation follows that of each.
 */
final class NamedMessages {

	private final Map<Message, String> names = new HashMap<>();

	private final Map<String, ObjectNode> contents = new TreeMap<>();

	NamedMessages(List<Operation> operations) {
		List<Message> messages = operations.stream()
			.flatMap((operation) -> Stream.of(operation.messages(), operation.replies()))
			.filter(Objects::nonNull)
			.flatMap(Collection::stream)
			.toList();
		Map<String, Set<ObjectNode>> wishes = new HashMap<>();
		messages.forEach((message) -> wishes.computeIfAbsent(message.preferredName(), (name) -> new HashSet<>())
			.add(message.content()));
		Identifiers taken = new Identifiers();
		Map<String, String> shared = new HashMap<>();
		for (Message message : messages) {
			String name = message.preferredName();
			boolean unique = wishes.getOrDefault(name, Set.of()).size() == 1;
			String named = unique ? shared.computeIfAbsent(name, taken::take)
					: taken.take(name + "-" + message.owner());
			this.names.put(message, named);
			this.contents.put(named, message.content());
		}
	}

	String nameOf(Message message) {
		return Objects.requireNonNull(this.names.get(message));
	}

	ObjectNode components() {
		ObjectNode components = Json.object();
		this.contents.forEach((name, content) -> {
			ObjectNode named = components.putObject(name).put("name", name);
			named.setAll(content);
		});
		return components;
	}

}
