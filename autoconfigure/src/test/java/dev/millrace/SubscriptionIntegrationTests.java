package dev.millrace;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.annotation.Path;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What subscribers can subscribe to.
 */
@Timeout(120)
class SubscriptionIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void templateReadsEveryTopicThatFitsAndNoOther() {
		String prefix = TestCluster.newName("shop");
		this.cluster.create(prefix + ".orders.7", 1, Map.of());
		this.cluster.create(prefix + ".orders", 1, Map.of());
		this.cluster.create(prefix + ".orders.7.old", 1, Map.of());
		this.cluster.create(prefix + "Xorders.7", 1, Map.of());
		this.cluster.send(prefix + ".orders", null, "no");
		this.cluster.send(prefix + ".orders.7.old", null, "no");
		this.cluster.send(prefix + "Xorders.7", null, "no");
		this.cluster.send(prefix + ".orders.7", null, "first");
		try (TestApplication application = TestApplication.start(Templated.class, "prefix=" + prefix,
				"spring.kafka.consumer.properties.metadata.max.age.ms=500")) {
			Queue<String> calls = application.bean(Templated.class).calls;
			await().atMost(LONG).until(() -> calls.contains("orders 7 first"));

			this.cluster.create(prefix + ".invoices.8", 1, Map.of());
			this.cluster.send(prefix + ".invoices.8", null, "second");

			await().atMost(LONG)
				.untilAsserted(() -> assertThat(calls).containsExactly("orders 7 first", "invoices 8 second"));
		}
	}

	@Test
	void variableThatIsNotOfTheParametersTypeMakesADeadLetter() {
		String prefix = TestCluster.newName("shop");
		this.cluster.create(prefix + ".orders.x", 1, Map.of());
		this.cluster.create(prefix + ".orders.1", 1, Map.of());
		this.cluster.send(prefix + ".orders.x", null, "first");
		this.cluster.send(prefix + ".orders.1", null, "second");
		try (TestApplication application = TestApplication.start(Templated.class, "prefix=" + prefix,
				"spring.kafka.consumer.properties.metadata.max.age.ms=500")) {
			Queue<String> calls = application.bean(Templated.class).calls;
			await().atMost(LONG).until(() -> this.cluster.committed("test.templated", prefix + ".orders.x") == 1);
			await().atMost(LONG).untilAsserted(() -> assertThat(calls).containsExactly("orders 1 second"));
			ConsumerRecord<byte[], byte[]> letter = this.cluster.read(prefix + ".orders.x-dlt").get(0);
			assertThat(letter.value()).asString().isEqualTo("first");
			assertThat(TestCluster.header(letter, "dead-letter-reason")).contains("path variable 'shop'");

			// Whoever reads this one has had a look at all topics since.
			this.cluster.create(prefix + ".orders.2", 1, Map.of());
			this.cluster.send(prefix + ".orders.2", null, "third");
			await().atMost(LONG)
				.untilAsserted(() -> assertThat(calls).containsExactly("orders 1 second", "orders 2 third"));
			assertThat(application.container("templated").getAssignedPartitions()).extracting(TopicPartition::topic)
				.containsExactlyInAnyOrder(prefix + ".orders.x", prefix + ".orders.1", prefix + ".orders.2");
		}
	}

	static class Templated {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${prefix}.{kind:orders|invoices}.{shop}", id = "templated")
		void handle(String body, @Path String kind, @Path("shop") int number, StreamRecord record) {
			assertThat(record.path()).containsEntry("shop", String.valueOf(number));
			this.calls.add(kind + " " + number + " " + body);
		}

	}

}
