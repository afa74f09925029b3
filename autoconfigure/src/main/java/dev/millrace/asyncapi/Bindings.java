package dev.millrace.asyncapi;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import dev.millrace.endpoint.ConsumerSettings;

/**
 * Bindings for Kafka.
 *
 * @see <a href="https://github.com/asyncapi/bindings/tree/master/kafka">Kafka
 * bindings</a>
 */
final class Bindings {

	static final String VERSION = "0.5.0";

	private static final List<String> NUMBERS = List.of("retention.ms", "retention.bytes", "delete.retention.ms",
			"max.message.bytes");

	/** What {@code random.uuid} and {@code random.value} become. */
	private static final Pattern RANDOM = Pattern.compile("\\p{XDigit}{8}-?(\\p{XDigit}{4}-?){3}\\p{XDigit}{12}");

	private static final String HEXADECIMAL = "[0-9a-fA-F-]{32,36}";

	private Bindings() {
	}

	static ObjectNode channel(@Nullable String topic, TopicLayout layout) {
		return kafka(new Json().text("topic", topic)
			.number("partitions", layout.partitions())
			.number("replicas", layout.replicas())
			.object("topicConfiguration", configuration(layout.configuration())));
	}

	static ObjectNode operation(ConsumerSettings consumer) {
		return kafka(
				new Json().object("groupId", only(consumer.groupId())).object("clientId", only(consumer.clientId())));
	}

	static ObjectNode server(@Nullable String schemaRegistryUrl) {
		return kafka(new Json().text("schemaRegistryUrl", schemaRegistryUrl));
	}

	private static ObjectNode kafka(Json binding) {
		ObjectNode bindings = Json.object();
		bindings.set("kafka", binding.text("bindingVersion", VERSION).build());
		return bindings;
	}

	private static @Nullable ObjectNode only(@Nullable String value) {
		if (value == null) {
			return null;
		}
		ObjectNode schema = Json.object().put("type", "string");
		if (RANDOM.matcher(value).find()) {
			return schema.put("pattern", pattern(value));
		}
		schema.putArray("enum").add(value);
		return schema;
	}

	// A group of which each instance has its own must not change the document.
	private static String pattern(String value) {
		return "^" + RANDOM.matcher(value.replaceAll("[.\\\\+*?^$|(){}\\[\\]]", "\\\\$0")).replaceAll(HEXADECIMAL)
				+ "$";
	}

	private static ObjectNode configuration(Map<String, String> configuration) {
		ObjectNode values = Json.object();
		String cleanup = configuration.get("cleanup.policy");
		if (cleanup != null) {
			Arrays.stream(cleanup.split(",")).map(String::strip).forEach(values.putArray("cleanup.policy")::add);
		}
		for (String name : NUMBERS) {
			String value = configuration.get(name);
			if (value != null && value.matches("-?\\d+")) {
				values.put(name, Long.parseLong(value));
			}
		}
		return values;
	}

}
