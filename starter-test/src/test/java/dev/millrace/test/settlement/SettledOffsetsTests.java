package dev.millrace.test.settlement;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import dev.millrace.Ordering;
import dev.millrace.Response;
import dev.millrace.RetryMode;
import dev.millrace.StreamRecord;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPartition;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which offsets have to be committed before everything has settled: those of
 * the partitions that a subscriber reads, in the group that commits them.
 */
@StreamTest
class SettledOffsetsTests {

	@Autowired
	private StreamTestKit kit;

	@Test
	void retriesThatKeepTheOrderAreCommittedInTheGroupOfTheSubscriber() {
		this.kit.publish("ordered", "key", "first");
		this.kit.publish("ordered", "key", "second");

		assertThat(this.kit.subscriber("ordered")).wasCalled(4).committed();
		assertThat(this.kit.topic("ordered-again")).hasRecords(2);
	}

	@Test
	void retriesThatDoNotKeepTheOrderAreCommittedInAGroupOfTheirOwn() {
		this.kit.publish("unordered", "key", "first");

		assertThat(this.kit.subscriber("unordered")).wasCalled(2).committed();
		assertThat(this.kit.topic("unordered-again")).hasRecords(1);
	}

	@Test
	void partitionsThatNobodyReadsAreNotWaitedFor() {
		this.kit.publish("fixed", Response.of("unread").withPartition(1));
		this.kit.publish("fixed", Response.of("read").withPartition(0));

		assertThat(this.kit.subscriber("fixed")).wasCalledWith("read").wasCalled(1).committed();
	}

	@SpringBootApplication(proxyBeanMethods = false)
	static class Application {

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

		@Bean
		NewTopic fixed() {
			return new NewTopic("fixed", 2, (short) 1);
		}

	}

	static class Handlers {

		@StreamSubscriber(topics = "ordered", id = "ordered", ordering = Ordering.KEY)
		@Retry(mode = RetryMode.TOPIC, keepOrder = true, topic = "ordered-again", delay = "10m")
		void ordered(StreamRecord record) {
			failAtFirst(record);
		}

		@StreamSubscriber(topics = "unordered", id = "unordered", ordering = Ordering.KEY)
		@Retry(mode = RetryMode.TOPIC, topic = "unordered-again", delay = "10m")
		void unordered(StreamRecord record) {
			failAtFirst(record);
		}

		@StreamSubscriber(id = "fixed", partitions = @StreamPartition(topic = "fixed", partitions = "0"))
		void fixed(String body) {
			assertThat(body).isEqualTo("read");
		}

		private static void failAtFirst(StreamRecord record) {
			if (record.attempt() == 1) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

}
