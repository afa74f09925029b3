package dev.millrace;

import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The main job, end to end on a real broker.
 */
class SubscriberIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	@Test
	@Behaviour({ 21, 23 })
	void resultOfTheHandlerIsPublishedWithTheKeyAndTheCorrelationIdOfTheRecord() {
		String in = this.cluster.newTopic("in", 3);
		String out = this.cluster.newTopic("out", 3);
		try (TestApplication application = TestApplication.start(Registrations.class, "in=" + in, "out=" + out)) {
			assertThat(application.container("registrations").isRunning()).isTrue();
			this.cluster.send(new ProducerRecord<>(in, null, null, TestCluster.bytes("1"),
					TestCluster.bytes("{\"user\":\"John\",\"user_id\":1}"),
					new RecordHeaders().add("correlation_id", TestCluster.bytes("abc"))));
			List<ConsumerRecord<byte[], byte[]>> records = await().atMost(Duration.ofSeconds(20))
				.until(() -> this.cluster.read(out), (read) -> !read.isEmpty());
			assertThat(records).singleElement().satisfies((record) -> {
				assertThat(TestCluster.text(record.value())).isEqualTo("User: 1 - John registered");
				assertThat(TestCluster.text(record.key())).isEqualTo("1");
				assertThat(TestCluster.header(record, "correlation_id")).isEqualTo("abc");
				assertThat(TestCluster.header(record, "content-type")).isEqualTo("text/plain");
			});
			await().atMost(Duration.ofSeconds(2))
				.until(() -> this.cluster.committed("test.registrations", in), (offset) -> offset == 1);
		}
	}

	static class Registrations {

		@StreamSubscriber(topics = "${in}", id = "registrations")
		@StreamPublisher("${out}")
		String handle(String user, int userId) {
			return "User: " + userId + " - " + user + " registered";
		}

	}

}
