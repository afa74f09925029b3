package dev.millrace.asyncapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out why something that is valid by one schema may not be what another expects. In
 * one direction the first is the earlier schema and the second the current one, for what
 * is received; for what is sent it is the other way round. A member that neither side
 * knows is ignored by both.
 */
final class SchemaComparison {

	private final JsonNode fromDocument;

	private final JsonNode toDocument;

	private final boolean received;

	private final Set<List<JsonNode>> seen = new HashSet<>();

	private final List<String> differences = new ArrayList<>();

	SchemaComparison(JsonNode fromDocument, JsonNode toDocument, boolean received) {
		this.fromDocument = fromDocument;
		this.toDocument = toDocument;
		this.received = received;
	}

	List<String> differences() {
		return this.differences;
	}

	void compare(String path, JsonNode fromSchema, JsonNode toSchema) {
		JsonNode from = References.resolve(this.fromDocument, fromSchema);
		JsonNode to = References.resolve(this.toDocument, toSchema);
		if (to.isMissingNode() || !this.seen.add(List.of(from, to))) {
			return;
		}
		List<JsonNode> alternatives = alternatives(from, this.fromDocument);
		List<JsonNode> accepted = alternatives(to, this.toDocument);
		if (alternatives.size() != 1 || accepted.size() != 1) {
			compareAlternatives(path, alternatives, accepted);
			return;
		}
		compareOne(path, merged(alternatives.get(0), this.fromDocument), merged(accepted.get(0), this.toDocument));
	}

	private void compareOne(String path, JsonNode from, JsonNode to) {
		compareTypes(path, from, to);
		compareValues(path, from, to);
		compareLimits(path, from, to);
		for (String keyword : List.of("format", "pattern")) {
			String expected = value(to, keyword);
			if (!expected.isEmpty() && !expected.equals(value(from, keyword))) {
				report(path, keyword, value(from, keyword), expected);
			}
		}
		compareMembers(path, from, to);
		if (from.has("items") && to.has("items")) {
			compare(path + "[]", from.get("items"), to.get("items"));
		}
		if (from.path("additionalProperties").isObject() && to.path("additionalProperties").isObject()) {
			compare(path + ".*", from.get("additionalProperties"), to.get("additionalProperties"));
		}
	}

	private void compareTypes(String path, JsonNode from, JsonNode to) {
		Set<String> expected = types(to);
		Set<String> given = types(from);
		boolean fits = expected.isEmpty() || (!given.isEmpty() && given.stream()
			.allMatch((type) -> expected.contains(type) || (type.equals("integer") && expected.contains("number"))));
		if (!fits) {
			report(path, "type", given.isEmpty() ? "" : String.join(" or ", given), String.join(" or ", expected));
		}
	}

	private void compareValues(String path, JsonNode from, JsonNode to) {
		Set<String> expected = values(to);
		Set<String> given = values(from);
		if (expected.isEmpty()) {
			return;
		}
		if (given.isEmpty()) {
			report(path, "enum", "", String.join(", ", expected));
			return;
		}
		for (String value : given) {
			if (!expected.contains(value)) {
				this.differences.add(this.received ? "%s: the value %s is not taken any more".formatted(path, value)
						: "%s: there is a new value %s".formatted(path, value));
			}
		}
	}

	private void compareLimits(String path, JsonNode from, JsonNode to) {
		for (Limit limit : Limit.of(to)) {
			Limit given = Limit.of(from, limit.keyword());
			if (!limit.allows(given)) {
				report(path, limit.keyword(), (given != null) ? given.text() : "", limit.text());
			}
		}
	}

	private void compareMembers(String path, JsonNode from, JsonNode to) {
		Set<String> always = required(from);
		Set<String> wanted = required(to);
		for (String name : wanted) {
			if (!always.contains(name) && (this.received || from.path("properties").has(name))) {
				this.differences.add(this.received ? "%s.%s is required now".formatted(path, name)
						: "%s.%s is not always there any more".formatted(path, name));
			}
		}
		for (Map.Entry<String, JsonNode> member : to.path("properties").properties()) {
			JsonNode given = from.path("properties").path(member.getKey());
			if (!given.isMissingNode()) {
				compare(path + "." + member.getKey(), given, member.getValue());
			}
			else if (!this.received) {
				this.differences.add("%s.%s was removed".formatted(path, member.getKey()));
			}
		}
	}

	private void compareAlternatives(String path, List<JsonNode> given, List<JsonNode> accepted) {
		for (JsonNode alternative : given) {
			List<String> fewest = null;
			for (JsonNode candidate : accepted) {
				SchemaComparison comparison = new SchemaComparison(this.fromDocument, this.toDocument, this.received);
				comparison.seen.addAll(this.seen);
				comparison.compare(path, alternative, candidate);
				if (fewest == null || comparison.differences.size() < fewest.size()) {
					fewest = comparison.differences;
				}
			}
			this.differences.addAll((fewest != null) ? fewest : List.of());
		}
	}

	// The side that is described first is always the earlier one.
	private void report(String path, String keyword, String from, String to) {
		String before = this.received ? from : to;
		String now = this.received ? to : from;
		this.differences.add("%s: its %s was %s and is %s".formatted(path, keyword, orAny(before), orAny(now)));
	}

	static String orAny(String value) {
		return value.isEmpty() ? "not restricted" : value;
	}

	private static List<JsonNode> alternatives(JsonNode schema, JsonNode document) {
		for (String keyword : List.of("oneOf", "anyOf")) {
			if (schema.path(keyword).isArray()) {
				return schema.get(keyword)
					.valueStream()
					.flatMap((each) -> alternatives(References.resolve(document, each), document).stream())
					.toList();
			}
		}
		return List.of(schema);
	}

	// All that a schema says at once, where it is put together by 'allOf'.
	private static JsonNode merged(JsonNode schema, JsonNode document) {
		if (!schema.path("allOf").isArray()) {
			return schema;
		}
		ObjectNode merged = Json.object();
		for (JsonNode part : schema.get("allOf")) {
			merge(merged, (ObjectNode) merged(References.resolve(document, part), document));
		}
		merge(merged, (ObjectNode) schema);
		merged.remove("allOf");
		return merged;
	}

	private static void merge(ObjectNode into, ObjectNode part) {
		ObjectNode properties = into.path("properties").isObject() ? (ObjectNode) into.get("properties")
				: Json.object();
		part.path("properties").properties().forEach((each) -> properties.set(each.getKey(), each.getValue()));
		ArrayNode required = into.path("required").isArray() ? (ArrayNode) into.get("required")
				: JsonNodeFactory.instance.arrayNode();
		part.path("required").forEach(required::add);
		into.setAll(part);
		into.set("properties", properties.deepCopy());
		into.set("required", required.deepCopy());
	}

	private static Set<String> types(JsonNode schema) {
		JsonNode type = schema.path("type");
		Set<String> types = new LinkedHashSet<>();
		if (type.isString()) {
			types.add(type.asString());
		}
		type.forEach((each) -> types.add(each.asString()));
		return types;
	}

	private static Set<String> values(JsonNode schema) {
		Set<String> values = new TreeSet<>();
		schema.path("enum").forEach((value) -> values.add(value.asString()));
		if (schema.has("const")) {
			values.add(schema.get("const").asString());
		}
		return values;
	}

	private static Set<String> required(JsonNode schema) {
		Set<String> names = new TreeSet<>();
		schema.path("required").forEach((name) -> names.add(name.asString()));
		return names;
	}

	private static String value(JsonNode schema, String keyword) {
		return schema.path(keyword).asString("");
	}

}
