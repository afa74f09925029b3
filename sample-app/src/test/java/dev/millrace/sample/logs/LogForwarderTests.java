package dev.millrace.sample.logs;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;

import dev.millrace.sample.Receipt;
import dev.millrace.sample.StreamSender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

class LogForwarderTests {

	private static final Logger logger = LoggerFactory.getLogger("com.example.Test");

	private final StreamSender sender = mock(StreamSender.class);

	private final LogBuffer buffer = new LogBuffer();

	private final LogForwarder forwarder = new LogForwarder(this.sender, this.buffer);

	@AfterEach
	void stop() {
		this.forwarder.stop();
	}

	@Test
	void doesNotBlockWhoLogsWhenTheBrokerBlocks() {
		CountDownLatch blocked = new CountDownLatch(1);
		given(this.sender.send(any(), any(), any())).willAnswer((invocation) -> {
			blocked.await();
			return confirmed();
		});
		this.forwarder.start();

		for (int i = 0; i < LogBuffer.CAPACITY + 1; i++) {
			this.buffer.add(new LogEvent(Instant.EPOCH, "INFO", "com.example.Other", "Event"));
		}

		logger.info("Dropped");

		// One event may already be at the sender
		assertThat(this.buffer.dropped()).isBetween(1L, 2L);
		blocked.countDown();
	}

	@Test
	void goesOnAfterFailures() {
		given(this.sender.send(any(), any(), any())).willThrow(new KafkaException("Expected"))
			.willReturn(CompletableFuture.failedFuture(new KafkaException("Expected")))
			.willReturn(confirmed());
		this.forwarder.start();

		logger.info("thrown");
		logger.info("failed");
		logger.info("sent");

		await().untilAsserted(() -> then(this.sender).should(times(3)).send(any(), any(), any(LogEvent.class)));
		assertThat(this.buffer.dropped()).isEqualTo(2);
	}

	@Test
	void forwardsNothingThatPublishingCouldCause() {
		given(this.sender.send(any(), any(), any())).willReturn(confirmed());
		this.forwarder.start();

		LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient").warn("Disconnected");
		LoggerFactory.getLogger("org.springframework.kafka.core.KafkaTemplate").error("Not sent");
		LoggerFactory.getLogger("dev.millrace.listener.SubscriberListener").warn("Again");
		LoggerFactory.getLogger("dev.millrace.sample.ledger.LedgerController").info("Own");

		await().untilAsserted(() -> then(this.sender).should()
			.send(eq("logs"), eq("dev.millrace.sample.ledger.LedgerController"), any()));
		then(this.sender).shouldHaveNoMoreInteractions();
	}

	@Test
	void startsAgainAfterStop() {
		given(this.sender.send(any(), any(), any())).willReturn(confirmed());
		this.forwarder.start();
		this.forwarder.stop();
		assertThat(this.forwarder.isRunning()).isFalse();
		this.forwarder.start();

		logger.info("Event");

		await().untilAsserted(() -> then(this.sender).should().send(any(), any(), any()));
	}

	private static CompletableFuture<Receipt> confirmed() {
		return CompletableFuture.completedFuture(new Receipt("logs", 0, 0));
	}

}
