package dev.millrace.actuate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.tools.consumer.group.ConsumerGroupCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import dev.millrace.StreamSubscribers;
import dev.millrace.annotation.StreamPartition;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.autoconfigure.StreamMetricsAutoConfiguration;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The lag is the one that Kafka's own tool shows.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class GroupLagIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void lagIsThatOfKafkasToolWithTheConsumerUpAndDown(CapturedOutput output) throws Exception {
		String in = this.cluster.newTopic("lag-in", 2);
		try (TestApplication application = TestApplication.start(Slow.class, "in=" + in,
				"millrace.metrics.lag-interval=200ms", "millrace.subscriber.commit-interval=100ms")) {
			Slow slow = application.bean(Slow.class);
			for (int i = 0; i < 20; i++) {
				this.cluster.send(in, "key-" + i, "x");
			}
			slow.permits.release(8);
			await().until(() -> this.cluster.committed("test.slow", in) > 0 && slow.permits.availablePermits() == 0);
			assertLag(application, in, output);
			assertThat(total(application)).isPositive();

			slow.permits.release(1000);
			await().until(() -> this.cluster.committed("test.slow", in) == 20);
			await().until(() -> total(application) == 0);
			assertLag(application, in, output);

			application.container("slow").stop();
			for (int i = 0; i < 7; i++) {
				this.cluster.send(in, "key-" + i, "x");
			}
			await().until(() -> total(application) == 7);
			assertLag(application, in, output);
		}
	}

	@Test
	void metersOfARemovedSubscriberAreRemoved() {
		String in = this.cluster.newTopic("lag-removed-in", 1);
		try (TestApplication application = TestApplication.start(Slow.class, "in=" + in,
				"millrace.metrics.lag-interval=200ms")) {
			this.cluster.send(in, "k", "x");
			application.bean(Slow.class).permits.release();
			await().until(() -> lags(application).size() == 1);
			assertThat(ofSubscriber(application)).isPositive();
			application.bean(StreamSubscribers.class).remove("slow").toCompletableFuture().join();
			await().until(() -> ofSubscriber(application) == 0);
		}
	}

	@Test
	void nothingIsMeasuredWhenThatIsSwitchedOff() {
		String in = this.cluster.newTopic("lag-off-in", 1);
		try (TestApplication application = TestApplication.start(Slow.class, "in=" + in,
				"millrace.metrics.lag-interval=0")) {
			this.cluster.send(in, "k", "x");
			application.bean(Slow.class).permits.release();
			await().until(() -> this.cluster.committed("test.slow", in) == 1);
			assertThat(lags(application)).isEmpty();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("millrace-lag");
		}
	}

	@Test
	void lagOfAPartitionIsThatOfTheSubscriberOfTheGroupThatReadsIt() {
		String in = this.cluster.newTopic("lag-fixed-in", 2);
		try (TestApplication application = TestApplication.start(Halves.class, "in=" + in,
				"millrace.metrics.lag-interval=200ms")) {
			for (int i = 0; i < 20; i++) {
				this.cluster.send(in, "key-" + i, "x");
			}
			await().until(() -> this.cluster.committed("test.halves", in) == 20);
			await().until(() -> halves(application).size() == 2);
			assertThat(halves(application)).containsExactlyInAnyOrder("first 0", "second 1");
		}
	}

	private static List<String> halves(TestApplication application) {
		return application.bean(MeterRegistry.class)
			.find("millrace.group.lag")
			.gauges()
			.stream()
			.map((gauge) -> gauge.getId().getTag("subscriber") + " " + gauge.getId().getTag("partition"))
			.toList();
	}

	private void assertLag(TestApplication application, String topic, CapturedOutput output) {
		await().ignoreExceptions().untilAsserted(() -> {
			Map<TopicPartition, Long> described = described(topic, output);
			assertThat(described).isNotEmpty();
			assertThat(lags(application)).isEqualTo(described).isEqualTo(computed(topic));
		});
	}

	private Map<TopicPartition, Long> described(String topic, CapturedOutput output) {
		int before = output.getOut().length();
		ConsumerGroupCommand.main(new String[] { "--bootstrap-server", this.cluster.bootstrapServers(), "--describe",
				"--group", "test.slow" });
		Map<TopicPartition, Long> lags = new HashMap<>();
		for (String line : output.getOut().substring(before).split("\n")) {
			String[] columns = line.trim().split("\\s+");
			if (columns.length > 5 && columns[1].equals(topic) && !columns[5].equals("-")) {
				lags.put(new TopicPartition(topic, Integer.parseInt(columns[2])), Long.parseLong(columns[5]));
			}
		}
		return lags;
	}

	private Map<TopicPartition, Long> computed(String topic) throws ExecutionException, InterruptedException {
		Map<TopicPartition, Long> lags = new HashMap<>();
		for (Map.Entry<TopicPartition, Long> committed : this.cluster.committedOffsets("test.slow").entrySet()) {
			if (committed.getKey().topic().equals(topic)) {
				long end = this.cluster.admin()
					.listOffsets(Map.of(committed.getKey(), OffsetSpec.latest()))
					.partitionResult(committed.getKey())
					.get()
					.offset();
				lags.put(committed.getKey(), end - committed.getValue());
			}
		}
		return lags;
	}

	private static double total(TestApplication application) {
		return lags(application).values().stream().mapToLong(Long::longValue).sum();
	}

	private static Map<TopicPartition, Long> lags(TestApplication application) {
		Map<TopicPartition, Long> lags = new HashMap<>();
		for (Gauge gauge : application.bean(MeterRegistry.class).find("millrace.group.lag").gauges()) {
			Meter.Id id = gauge.getId();
			assertThat(id.getTag("subscriber")).isEqualTo("slow");
			assertThat(id.getTag("group")).isEqualTo("test.slow");
			lags.put(new TopicPartition(id.getTag("topic"), Integer.parseInt(id.getTag("partition"))),
					(long) gauge.value());
		}
		return lags;
	}

	private static long ofSubscriber(TestApplication application) {
		return application.bean(MeterRegistry.class)
			.getMeters()
			.stream()
			.filter((meter) -> "slow".equals(meter.getId().getTag("subscriber")))
			.count();
	}

	@ImportAutoConfiguration({ MetricsAutoConfiguration.class, StreamMetricsAutoConfiguration.class })
	static class Slow {

		final Semaphore permits = new Semaphore(0);

		@Bean
		static SimpleMeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

		@StreamSubscriber(topics = "${in}", id = "slow")
		void handle(String body) throws InterruptedException {
			this.permits.acquire();
		}

	}

	@ImportAutoConfiguration({ MetricsAutoConfiguration.class, StreamMetricsAutoConfiguration.class })
	static class Halves {

		@Bean
		static SimpleMeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

		@StreamSubscriber(partitions = @StreamPartition(topic = "${in}", partitions = "0"), id = "first",
				groupId = "test.halves")
		void first(String body) {
			// Its partition is what matters.
		}

		@StreamSubscriber(partitions = @StreamPartition(topic = "${in}", partitions = "1"), id = "second",
				groupId = "test.halves")
		void second(String body) {
			// Its partition is what matters.
		}

	}

}
