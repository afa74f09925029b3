package dev.millrace;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.annotation.Path;
import dev.millrace.annotation.StreamPartition;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What subscribers can subscribe to.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class SubscriptionIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	@Test
	@Behaviour(90)
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

	@Test
	@Behaviour({ 124, 125, 145 })
	void fixedPartitionsAreReadFromWhereTheyAreToBegin() {
		String in = this.cluster.newTopic("fixed-in", 5);
		for (int partition = 0; partition < 5; partition++) {
			for (int i = 0; i < 3; i++) {
				this.cluster.send(new ProducerRecord<>(in, partition, null, TestCluster.bytes(partition + "@" + i)));
			}
		}
		try (TestApplication application = TestApplication.start(Fixed.class, "in=" + in)) {
			Queue<String> calls = application.bean(Fixed.class).calls;
			await().atMost(LONG).until(() -> calls.size() >= 7);
			this.cluster.send(new ProducerRecord<>(in, 3, null, TestCluster.bytes("3@3")));
			await().atMost(LONG)
				.untilAsserted(() -> assertThat(calls).containsExactlyInAnyOrder("0@0", "0@1", "0@2", "1@0", "1@1",
						"1@2", "2@2", "3@3"));
			await().atMost(LONG)
				.untilAsserted(() -> assertThat(this.cluster.committedOffsets("test.fixed"))
					.containsEntry(new TopicPartition(in, 0), 3L)
					.containsEntry(new TopicPartition(in, 2), 3L)
					.containsEntry(new TopicPartition(in, 3), 4L)
					.doesNotContainKey(new TopicPartition(in, 4)));
		}
	}

	@Test
	@Behaviour(123)
	void fixedPartitionsAreDrainedAndCommittedWhenTheSubscriberStops() {
		String in = this.cluster.newTopic("drained-in", 1);
		try (TestApplication application = TestApplication.start(Slow.class, "in=" + in,
				"millrace.subscribers.slow.commit-interval=1h")) {
			SubscriberControl control = application.bean(StreamSubscribers.class).get("slow");
			Slow handler = application.bean(Slow.class);
			this.cluster.send(in, null, "1");
			await().atMost(LONG).until(() -> handler.begun.contains("1"));
			var stopped = control.stop().toCompletableFuture();
			assertThat(stopped).isNotDone();
			handler.go.countDown();
			assertThat(stopped).succeedsWithin(LONG);
			assertThat(this.cluster.committed("test.slow", in)).isEqualTo(1);

			this.cluster.send(in, null, "2");
			control.start();
			await().atMost(LONG).untilAsserted(() -> assertThat(handler.begun).containsExactly("1", "2"));
		}
	}

	@Test
	void clientPropertiesOfTheGroupAndTheRackReachTheConsumer() {
		String in = this.cluster.newTopic("static-in", 2);
		try (TestApplication application = TestApplication.start(Static.class, "in=" + in)) {
			await().atMost(LONG)
				.untilAsserted(() -> assertThat(members("test.static")).extracting((member) -> member.groupInstanceId())
					.containsExactlyInAnyOrder(Optional.of("me-0"), Optional.of("me-1")));
			assertThat(application.container("static").getContainerProperties().getKafkaConsumerProperties())
				.containsEntry("client.rack", "rack-a");
		}
	}

	@Test
	@Behaviour(155)
	void consumersThatNoPartitionIsLeftForAreReportedOnce(CapturedOutput output) {
		String in = this.cluster.newTopic("crowded-in", 1);
		try (TestApplication application = TestApplication.start(Crowded.class, "in=" + in,
				"millrace.subscriber.stall-timeout=3s")) {
			await().atMost(LONG).until(() -> output.getOut().contains("has consumers without a partition"));
			this.cluster.send(in, null, "x");
			await().atMost(LONG).until(() -> this.cluster.committed("test.crowded", in) == 1);
			assertThat(application.container("enough").getAssignedPartitions()).hasSize(1);
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("without a partition"))).singleElement()
			.asString()
			.contains("WARN", "Subscriber 'crowded'", "without a partition (2)", "its group 'test.crowded'",
					"partitions of " + in);
	}

	@Test
	@Behaviour(156)
	void applicationsListenerHearsOfRebalances() {
		String in = this.cluster.newTopic("rebalanced-in", 1);
		Queue<String> heard;
		try (TestApplication application = TestApplication.start(Rebalanced.class, "in=" + in)) {
			heard = application.bean(Rebalanced.class).heard;
			await().atMost(LONG).until(() -> heard.contains("assigned [" + in + "-0]"));
		}
		assertThat(heard).containsExactly("assigned [" + in + "-0]", "revoked [" + in + "-0]");
	}

	private Collection<MemberDescription> members(String group) throws Exception {
		return this.cluster.admin().describeConsumerGroups(List.of(group)).describedGroups().get(group).get().members();
	}

	static class Fixed {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(id = "fixed",
				partitions = { @StreamPartition(topic = "${in}", partitions = "0-1"),
						@StreamPartition(topic = "${in}", partitions = "2", offset = "2"),
						@StreamPartition(topic = "${in}", partitions = "3", offset = "latest") })
		void handle(String text) {
			this.calls.add(text);
		}

	}

	static class Slow {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final CountDownLatch go = new CountDownLatch(1);

		@StreamSubscriber(id = "slow", partitions = @StreamPartition(topic = "${in}", partitions = "0"))
		void handle(String text) throws InterruptedException {
			this.begun.add(text);
			this.go.await();
		}

	}

	static class Static {

		@StreamSubscriber(topics = "${in}", id = "static", consumers = "2",
				properties = { "group.instance.id=me", "client.rack=rack-a" })
		void handle(String text) {
		}

	}

	static class Crowded {

		@StreamSubscriber(topics = "${in}", id = "crowded", consumers = "3")
		@StreamSubscriber(topics = "${in}", id = "enough")
		void handle(String text) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Rebalanced {

		final Queue<String> heard = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "rebalanced", rebalanceListener = "listener")
		void handle(String text) {
		}

		@Bean
		ConsumerRebalanceListener listener() {
			return new ConsumerRebalanceListener() {

				@Override
				public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
					Rebalanced.this.heard.add("assigned " + partitions);
				}

				@Override
				public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
					Rebalanced.this.heard.add("revoked " + partitions);
				}

			};
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
