package dev.millrace.test.settlement;

import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.Ordering;
import dev.millrace.Response;
import dev.millrace.RetryMode;
import dev.millrace.StreamRecord;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPartition;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;
import dev.millrace.test.engine.TestBench;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which offsets have to be committed before everything has settled: those of
 * the partitions that a subscriber reads, in the group that commits them.
 */
@StreamTest(properties = "millrace.shutdown.timeout=500ms")
class SettledOffsetsTests {

	@Autowired
	private StreamTestKit kit;

	@Autowired
	private TestBench bench;

	@Autowired
	private KafkaListenerEndpointRegistry containers;

	@Autowired
	private Handlers handlers;

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

	@Test
	void partitionsThatAreReadFromTheirStartAreNotReadAgainForTheNextTest() {
		this.kit.publish("from-start", "first");
		this.kit.send("never", "left");
		beginNextTest();
		this.kit.publish("from-start", "second");

		assertThat(this.kit.subscriber("from-start")).wasCalledWith("second").wasCalled(1).committed();
		assertThat(this.handlers.fromStart).hasValue(2);
		assertThat(this.kit.subscriber("never")).committed();
	}

	@Test
	void whatCameWhileASubscriberWasStoppedIsOfTheTestBefore() {
		MessageListenerContainer container = this.containers.getListenerContainer("stopped");
		container.stop();
		this.kit.publish("stopped", "old");
		container.start();
		beginNextTest();

		assertThat(this.kit.subscriber("stopped")).wasNotCalled();
		assertThat(this.handlers.stopped).hasValue(1);
	}

	private void beginNextTest() {
		this.bench.end();
		this.bench.begin();
	}

	@SpringBootApplication(proxyBeanMethods = false)
	static class Application {

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

		@Bean
		NewTopic fromStart() {
			return new NewTopic("from-start", 1, (short) 1);
		}

		@Bean
		NewTopic fixed() {
			return new NewTopic("fixed", 2, (short) 1);
		}

	}

	static class Handlers {

		private final AtomicInteger fromStart = new AtomicInteger();

		private final AtomicInteger stopped = new AtomicInteger();

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

		@StreamSubscriber(id = "from-start",
				partitions = @StreamPartition(topic = "from-start", partitions = "0", offset = "earliest"))
		void fromStart(String body) {
			this.fromStart.incrementAndGet();
		}

		@StreamSubscriber(topics = "never", id = "never", ackPolicy = AckPolicy.MANUAL)
		void never(String body, Acknowledgment acknowledgment) {
			// Nobody ever decides about the record.
		}

		@StreamSubscriber(topics = "stopped", id = "stopped")
		void stopped(String body) {
			this.stopped.incrementAndGet();
		}

		private static void failAtFirst(StreamRecord record) {
			if (record.attempt() == 1) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

}
