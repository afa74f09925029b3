package dev.millrace.sample.logs;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;

import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.sample.SampleApplication;
import dev.millrace.sample.SampleClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

class BrokerGoneIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger("com.example.BrokerGone");

	@Test
	void applicationGoesOnAndLogEventsAreDropped() {
		try (ConfigurableApplicationContext context = start()) {
			SampleClient client = new SampleClient(context);
			context.getBean(EmbeddedBroker.class).close();

			assertThat(Duration.ofNanos(timeToLog(LogBuffer.CAPACITY + 500))).isLessThan(Duration.ofSeconds(5));

			await().untilAsserted(() -> assertThat(client.getJson("/logs").get("dropped").asLong()).isPositive());
			assertThat(client.postText("/topics/lines", "hello").getStatusCode())
				.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
			assertThatNoException().isThrownBy(() -> client.get("/"));
		}
	}

	private static long timeToLog(int events) {
		long start = System.nanoTime();
		for (int i = 0; i < events; i++) {
			logger.info("Event {}", i);
		}
		return System.nanoTime() - start;
	}

	// An idempotent producer without a broker takes 30 seconds to close
	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(SampleApplication.class).run("--server.port=0",
				"--millrace.embedded-broker.port=0", "--millrace.shutdown.timeout=1s",
				"--logging.level.org.springframework.kafka.support.LoggingProducerListener=off",
				"--spring.kafka.producer.properties.enable.idempotence=false",
				"--spring.kafka.producer.properties.max.block.ms=200",
				"--spring.kafka.producer.properties.request.timeout.ms=500",
				"--spring.kafka.producer.properties.delivery.timeout.ms=1000");
	}

}
