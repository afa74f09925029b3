package dev.millrace.asyncapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a document breaks for those who have relied on an earlier one.
 * <p>
 * What is received must go on being taken: whatever was valid has to stay valid. What is
 * sent or answered must go on being understood: whatever is sent now has to be valid by
 * the earlier document, and fields that were there have to be there. Operations are
 * compared by what they do with which address, so that a handler may change its name.
 */
final class Compatibility {

	private static final List<String> ACTIONS = List.of("receive", "send");

	private static final ObjectNode NO_HEADERS = Json.object().put("type", "object");

	private final ObjectNode earlier;

	private final ObjectNode current;

	private final Set<String> changes = new TreeSet<>();

	Compatibility(ObjectNode earlier, ObjectNode current) {
		this.earlier = earlier;
		this.current = current;
	}

	List<String> breakingChanges() {
		Map<String, List<JsonNode>> before = operations(this.earlier);
		Map<String, List<JsonNode>> now = operations(this.current);
		before.forEach((what, operations) -> compare(what, operations, now.getOrDefault(what, List.of())));
		return new ArrayList<>(this.changes);
	}

	private void compare(String what, List<JsonNode> before, List<JsonNode> now) {
		if (now.isEmpty()) {
			this.changes.add("The application does not %s any more".formatted(what));
			return;
		}
		compareTopics(what, before, now);
		boolean received = what.startsWith(ACTIONS.get(0));
		compareMessages(what, messages(this.earlier, before, "/messages"), messages(this.current, now, "/messages"),
				received);
		Map<String, JsonNode> answersBefore = messages(this.earlier, before, "/reply/messages");
		if (!answersBefore.isEmpty()) {
			Map<String, JsonNode> answers = messages(this.current, now, "/reply/messages");
			if (answers.isEmpty()) {
				this.changes.add("The application does not answer any more what it does %s".formatted(what));
			}
			else {
				compareMessages("%s: answers".formatted(what), answersBefore, answers, false);
			}
		}
	}

	// Only what is received has topics of which not every one is named.
	private void compareTopics(String what, List<JsonNode> before, List<JsonNode> now) {
		SchemaComparison comparison = new SchemaComparison(this.earlier, this.current, true);
		comparison.compare("parameters", parameters(this.earlier, before), parameters(this.current, now));
		comparison.differences().forEach((difference) -> this.changes.add("%s: %s".formatted(what, difference)));
	}

	private void compareMessages(String where, Map<String, JsonNode> before, Map<String, JsonNode> now,
			boolean received) {
		Map<String, JsonNode> from = received ? before : now;
		Map<String, JsonNode> to = received ? now : before;
		from.forEach((name, message) -> {
			JsonNode counterpart = to.get(name);
			if (counterpart == null && from.size() == 1 && to.size() == 1) {
				counterpart = to.values().iterator().next();
			}
			if (counterpart != null) {
				this.changes.addAll(differences(where, name, message, counterpart, received));
			}
			else if (to.values()
				.stream()
				.noneMatch((other) -> differences(where, name, message, other, received).isEmpty())) {
				this.changes.add(received ? "%s: the message '%s' is not taken any more".formatted(where, name)
						: "%s: there is a new message '%s'".formatted(where, name));
			}
		});
	}

	private List<String> differences(String where, String name, JsonNode from, JsonNode to, boolean received) {
		String at = "%s, message '%s'".formatted(where, name);
		List<String> differences = new ArrayList<>();
		String typeFrom = from.path("contentType").asString("");
		String typeTo = to.path("contentType").asString("");
		if (!typeTo.isEmpty() && !typeFrom.equals(typeTo)) {
			differences.add("%s: its content type was %s and is %s".formatted(at,
					SchemaComparison.orAny(received ? typeFrom : typeTo),
					SchemaComparison.orAny(received ? typeTo : typeFrom)));
		}
		for (String part : List.of("payload", "headers", "key")) {
			JsonNode schemaFrom = part(from, part);
			JsonNode schemaTo = part(to, part);
			if (schemaFrom.isMissingNode() && part.equals("key")) {
				if (!received && !schemaTo.isMissingNode()) {
					differences.add(at + ": key was removed");
				}
				continue;
			}
			SchemaComparison comparison = new SchemaComparison(received ? this.earlier : this.current,
					received ? this.current : this.earlier, received);
			comparison.compare(part, schemaFrom, schemaTo);
			comparison.differences().forEach((difference) -> differences.add(at + ": " + difference));
		}
		return differences;
	}

	private static JsonNode part(JsonNode message, String part) {
		if (part.equals("key")) {
			return message.at("/bindings/kafka/key");
		}
		return (part.equals("headers") && !message.has(part)) ? NO_HEADERS : message.path(part);
	}

	private static Map<String, List<JsonNode>> operations(ObjectNode document) {
		Map<String, List<JsonNode>> operations = new LinkedHashMap<>();
		for (JsonNode operation : document.path("operations")) {
			String action = operation.path("action").asString("");
			JsonNode channel = References.resolve(document, operation.path("channel"));
			String preposition = action.equals(ACTIONS.get(0)) ? "from" : "to";
			String topics = Address.topics(channel.path("address").asString(""), channel.path("parameters"));
			String what = "%s %s '%s'".formatted(action, preposition, topics);
			operations.computeIfAbsent(what, (key) -> new ArrayList<>()).add(operation);
		}
		return operations;
	}

	private static ObjectNode parameters(ObjectNode document, List<JsonNode> operations) {
		ObjectNode schema = Json.object();
		ArrayNode alternatives = schema.putArray("anyOf");
		operations.stream()
			.map((operation) -> References.resolve(document, operation.path("channel")))
			.forEach((channel) -> alternatives.add(Address.schema(channel.path("parameters"))));
		return schema;
	}

	private static Map<String, JsonNode> messages(ObjectNode document, List<JsonNode> operations, String path) {
		Map<String, JsonNode> messages = new LinkedHashMap<>();
		for (JsonNode operation : operations) {
			for (JsonNode reference : operation.at(path)) {
				String text = reference.path("$ref").asString("");
				messages.put(text.substring(text.lastIndexOf('/') + 1), References.resolve(document, reference));
			}
		}
		return messages;
	}

}
