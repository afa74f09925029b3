package dev.millrace.guarantee;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.messaging.handler.annotation.SendTo;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.broker.BrokerProcess;
import dev.millrace.broker.BrokerSettings;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A reply that can't be sent: spring-kafka's {@code @SendTo} commits the input and loses
 * it, Millrace commits nothing past it and delivers it once the cause is gone. Each cause
 * is put to both; the tests of {@code @SendTo} fail when spring-kafka mends it.
 */
@Timeout(180)
class ReplyLossIntegrationTests {

	private static final String PATIENT = "millrace.subscriber.retry.attempts=1000";

	private static final String LONG_REPLY = "x".repeat(2000);

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void replyThatTheTopicRefusesIsLostBySendTo() {
		String in = this.cluster.newTopic("refused-in", 1);
		String out = this.cluster.newTopic("refused-out", 1, Map.of("max.message.bytes", "1000"));
		try (TestApplication application = TestApplication.start(PlainEcho.class, "in=" + in, "out=" + out)) {
			this.cluster.send(in, null, LONG_REPLY);
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed("plain", in) == 1);
			this.cluster.configure(out, "max.message.bytes", "1000000");
			this.cluster.send(in, null, "last");
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.values(out).contains("last"));
			assertThat(this.cluster.values(out)).containsExactly("last");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void replyThatTheTopicRefusesIsKeptUntilItCanBeSent() {
		String in = this.cluster.newTopic("refused-in", 1);
		String out = this.cluster.newTopic("refused-out", 1, Map.of("max.message.bytes", "1000"));
		try (TestApplication application = TestApplication.start(Echo.class, "in=" + in, "out=" + out, PATIENT)) {
			List.of("first", LONG_REPLY, "last").forEach((value) -> this.cluster.send(in, null, value));
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed("test.echo", in) == 1);
			await().during(Duration.ofSeconds(2))
				.atMost(Duration.ofSeconds(4))
				.until(() -> this.cluster.committed("test.echo", in) == 1);
			this.cluster.configure(out, "max.message.bytes", "1000000");
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed("test.echo", in) == 3);
			assertThat(this.cluster.values(out)).containsExactlyInAnyOrder("first", LONG_REPLY, "last");
			assertThat(application.bean(Echo.class).calls).hasSize(3);
		}
	}

	@Test
	void replyThatCanNotBeSerializedIsLostBySendTo() {
		String in = this.cluster.newTopic("serializer-in", 1);
		String out = this.cluster.newTopic("serializer-out", 1);
		MoodySerializer.refusing.set(true);
		try (TestApplication application = TestApplication.start(PlainEcho.class, "in=" + in, "out=" + out,
				"spring.kafka.producer.value-serializer=" + MoodySerializer.class.getName())) {
			this.cluster.send(in, null, "first");
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed("plain", in) == 1);
			MoodySerializer.refusing.set(false);
			this.cluster.send(in, null, "last");
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.values(out).contains("last"));
			assertThat(this.cluster.values(out)).containsExactly("last");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void replyThatCanNotBeSerializedIsKeptUntilItCan() {
		String in = this.cluster.newTopic("serializer-in", 1);
		String out = this.cluster.newTopic("serializer-out", 1);
		Moody.refusing.set(true);
		try (TestApplication application = TestApplication.start(MoodyEcho.class, "in=" + in, "out=" + out, PATIENT)) {
			List.of("first", "last").forEach((value) -> this.cluster.send(in, null, value));
			await().atMost(Duration.ofSeconds(20)).until(() -> Moody.refused.getCount() == 0);
			assertThat(this.cluster.committed("test.moody", in)).isZero();
			Moody.refusing.set(false);
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed("test.moody", in) == 2);
			assertThat(this.cluster.values(out)).containsExactly("{\"text\":\"first\"}", "{\"text\":\"last\"}");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void replyOfABrokerThatIsGoneForAWhileIsLostBySendToAndKeptByMillrace(@TempDir Path data) throws Exception {
		try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults().withPort(0).withDataDirectory(data));
				TestCluster own = new TestCluster(broker.bootstrapServers())) {
			String in = own.newTopic("gone-in", 1);
			String plainOut = own.newTopic("gone-plain-out", 1);
			String out = own.newTopic("gone-out", 1);
			String[] properties = { "in=" + in, "spring.kafka.producer.properties[delivery.timeout.ms]=8000",
					"spring.kafka.producer.properties[request.timeout.ms]=3000",
					"spring.kafka.producer.properties[linger.ms]=0",
					"spring.kafka.producer.properties[max.block.ms]=3000" };
			try (TestApplication plain = TestApplication.start(broker.bootstrapServers(), GatedPlainEcho.class,
					with(properties, "out=" + plainOut));
					TestApplication application = TestApplication.start(broker.bootstrapServers(), GatedEcho.class,
							with(properties, "out=" + out))) {
				own.send(in, null, "reply");
				await().until(() -> plain.bean(GatedPlainEcho.class).reached.getCount() == 0);
				await().until(() -> application.bean(GatedEcho.class).reached.getCount() == 0);
				broker.kill();
				plain.bean(GatedPlainEcho.class).gate.countDown();
				application.bean(GatedEcho.class).gate.countDown();
				await().pollDelay(Duration.ofSeconds(20)).atMost(Duration.ofSeconds(25)).until(() -> true);
				broker.restart();
				await().atMost(Duration.ofSeconds(60)).until(() -> own.committed("plain", in) == 1);
				await().atMost(Duration.ofSeconds(60)).until(() -> own.committed("test.echo", in) == 1);
				assertThat(own.values(plainOut)).isEmpty();
				assertThat(own.values(out)).containsExactly("reply");
			}
		}
	}

	private static String[] with(String[] properties, String property) {
		return Stream.concat(Arrays.stream(properties), Stream.of(property)).toArray(String[]::new);
	}

	static class PlainEcho {

		@KafkaListener(topics = "${in}", groupId = "plain", properties = "auto.offset.reset=earliest")
		@SendTo("${out}")
		String echo(String body) {
			return body;
		}

	}

	static class Echo {

		final Collection<String> calls = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "echo")
		@StreamPublisher("${out}")
		String echo(String body) {
			this.calls.add(body);
			return body;
		}

	}

	static class MoodyEcho {

		@StreamSubscriber(topics = "${in}", id = "moody")
		@StreamPublisher("${out}")
		Moody echo(String body) {
			return new Moody(body);
		}

	}

	static class GatedPlainEcho {

		final CountDownLatch reached = new CountDownLatch(1);

		final CountDownLatch gate = new CountDownLatch(1);

		@KafkaListener(topics = "${in}", groupId = "plain", properties = "auto.offset.reset=earliest")
		@SendTo("${out}")
		String echo(String body) throws InterruptedException {
			this.reached.countDown();
			this.gate.await(1, TimeUnit.MINUTES);
			return body;
		}

	}

	static class GatedEcho {

		final CountDownLatch reached = new CountDownLatch(1);

		final CountDownLatch gate = new CountDownLatch(1);

		@StreamSubscriber(topics = "${in}", id = "echo")
		@StreamPublisher("${out}")
		String echo(String body) throws InterruptedException {
			this.reached.countDown();
			this.gate.await(1, TimeUnit.MINUTES);
			return body;
		}

	}

	/**
	 * Reply that can't be written as JSON while it is in the mood.
	 */
	@JsonAutoDetect(getterVisibility = JsonAutoDetect.Visibility.ANY)
	static class Moody {

		static final AtomicBoolean refusing = new AtomicBoolean();

		static final CountDownLatch refused = new CountDownLatch(3);

		private final String text;

		Moody(String text) {
			this.text = text;
		}

		String getText() {
			if (refusing.get()) {
				refused.countDown();
				throw new IllegalStateException("refused");
			}
			return this.text;
		}

	}

	/**
	 * Serializer that refuses everything while it is in the mood.
	 */
	public static class MoodySerializer extends StringSerializer {

		static final AtomicBoolean refusing = new AtomicBoolean();

		@Override
		public byte[] serialize(String topic, String data) {
			if (refusing.get()) {
				throw new SerializationException("refused");
			}
			return super.serialize(topic, data);
		}

	}

}
