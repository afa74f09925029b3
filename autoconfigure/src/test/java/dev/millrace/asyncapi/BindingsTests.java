package dev.millrace.asyncapi;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import dev.millrace.endpoint.ConsumerSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Bindings}.
 */
class BindingsTests {

	@Test
	void groupIsAConstant() {
		assertThat(groupId("app.orders")).hasToString("{\"type\":\"string\",\"enum\":[\"app.orders\"]}");
	}

	@Test
	void groupOfItsOwnForEachInstanceIsAPattern() {
		String one = "app.orders." + UUID.randomUUID();
		String other = "app.orders." + UUID.randomUUID();

		assertThat(groupId(one)).isEqualTo(groupId(other));
		assertThat(one).matches(groupId(other).path("pattern").asString());
		assertThat("appxorders." + UUID.randomUUID()).doesNotMatch(groupId(other).path("pattern").asString());
	}

	@Test
	void clientIsLeftOutWhereThereIsNone() {
		assertThat(binding("app").has("clientId")).isFalse();
	}

	@Test
	void configurationOfATopicIsThatWhichReadersNeed() {
		TopicLayout layout = new TopicLayout(null, null, Map.of("cleanup.policy", "delete, compact", "retention.ms",
				"-1", "max.message.bytes", "many", "compression.type", "zstd"));

		assertThat(Bindings.channel("orders", layout).at("/kafka/topicConfiguration"))
			.hasToString("{\"cleanup.policy\":[\"delete\",\"compact\"],\"retention.ms\":-1}");
	}

	private static ObjectNode groupId(String group) {
		return (ObjectNode) binding(group).path("groupId");
	}

	private static ObjectNode binding(String group) {
		return (ObjectNode) Bindings.operation(new ConsumerSettings(group, null, null, null, Map.of())).path("kafka");
	}

}
