package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application's rebalance listener may fail: it is called again when partitions come,
 * and they go all the same when they go.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class FailingRebalanceListenerIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	@ParameterizedTest
	@EnumSource
	void partitionsGoThoughTheListenerFails(Protocol protocol, CapturedOutput output) throws Exception {
		String group = TestCluster.newName("failing-listener");
		try (TestApplication application = start(protocol, group)) {
			await().atMost(LONG).until(() -> application.bean(Failing.class).heard.contains("handled"));
			application.container("failing").stop();

			await().atMost(LONG)
				.until(() -> this.cluster.admin()
					.describeConsumerGroups(List.of(group))
					.describedGroups()
					.get(group)
					.get()
					.members()
					.isEmpty());
			assertThat(output).containsPattern(
					"Subscriber 'failing' \\(Failing.handle\\(.*has given up .*though its rebalance listener has failed");
		}
	}

	@ParameterizedTest
	@EnumSource
	void listenerIsCalledAgainUntilItTakesThePartitions(Protocol protocol) {
		try (TestApplication application = start(protocol, TestCluster.newName("failing-listener"))) {
			await().atMost(LONG)
				.untilAsserted(() -> assertThat(application.bean(Failing.class).heard).containsExactly("assigned",
						"assigned", "handled"));
		}
	}

	private TestApplication start(Protocol protocol, String group) {
		String in = this.cluster.newTopic("failing-listener", 1);
		this.cluster.send(in, null, "x");
		List<String> properties = new ArrayList<>(protocol.properties());
		properties.addAll(List.of("in=" + in, "group=" + group));
		return TestApplication.start(Failing.class, properties.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		final Queue<String> heard = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "failing", groupId = "${group}", rebalanceListener = "listener")
		void handle(String text) {
			this.heard.add("handled");
		}

		@Bean
		ConsumerRebalanceListener listener() {
			return new ConsumerRebalanceListener() {

				@Override
				public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
					Failing.this.heard.add("assigned");
					if (Failing.this.heard.size() == 1) {
						throw new IllegalStateException("on purpose");
					}
				}

				@Override
				public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
					throw new IllegalStateException("on purpose");
				}

			};
		}

	}

}
