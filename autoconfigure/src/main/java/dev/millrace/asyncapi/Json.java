package dev.millrace.asyncapi;

import java.util.Collection;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds objects of which what is not known is left out.
 */
final class Json {

	private final ObjectNode node = JsonNodeFactory.instance.objectNode();

	static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	static ObjectNode reference(String... path) {
		StringBuilder reference = new StringBuilder("#");
		for (String element : path) {
			reference.append('/').append(element);
		}
		return object().put("$ref", reference.toString());
	}

	Json text(String name, @Nullable String value) {
		if (StringUtils.hasText(value)) {
			this.node.put(name, value);
		}
		return this;
	}

	Json number(String name, @Nullable Number value) {
		if (value != null) {
			this.node.put(name, value.longValue());
		}
		return this;
	}

	Json object(String name, @Nullable ObjectNode value) {
		if (value != null && !value.isEmpty()) {
			this.node.set(name, value);
		}
		return this;
	}

	Json objects(String name, Collection<ObjectNode> values) {
		if (!values.isEmpty()) {
			this.node.putArray(name).addAll(values);
		}
		return this;
	}

	Json tags(Collection<String> tags) {
		return objects("tags", tags.stream().map((tag) -> object().put("name", tag)).toList());
	}

	ObjectNode build() {
		return this.node;
	}

}
