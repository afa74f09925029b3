package dev.millrace.test.faststream;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.millrace.StreamRecord;
import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.Backend;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link TestClientConformance} on a real broker.
 */
@StreamTest(backend = Backend.EMBEDDED)
class EmbeddedTestClientConformanceIntegrationTests extends TestClientConformance {

	@Test
	@Behaviour({ 119, 120, 129 })
	void whatTheKitShowsIsWhatTheRealBrokerHas(@Autowired StreamTestKit kit, @Autowired EmbeddedBroker broker) {
		kit.publish("registrations", Map.of("user", "Jane", "userId", 2));

		assertThat(kit.subscriber("register")).wasCalledWith("Jane", 2).committed();
		StreamRecord shown = assertThat(kit.topic("registered")).hasRecord().withBody("Registered Jane").once().get();
		TopicPartition partition = new TopicPartition(shown.topic(), shown.partition());
		try (Consumer<String, String> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", broker.bootstrapServers()), new StringDeserializer(),
				new StringDeserializer())) {
			consumer.assign(List.of(partition));
			consumer.seek(partition, shown.offset());
			assertThat(consumer.poll(Duration.ofSeconds(30))).extracting(ConsumerRecord::value)
				.containsExactly("Registered Jane");
		}
	}

}
