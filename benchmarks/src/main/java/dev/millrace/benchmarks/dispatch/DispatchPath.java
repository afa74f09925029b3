package dev.millrace.benchmarks.dispatch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.messaging.handler.annotation.SendTo;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.benchmarks.application.PipelinedLoop;

/**
 * What brings records from the consumer to a handler and its results to the producer.
 */
public enum DispatchPath {

	/** The hand-written loop. */
	LOOP {

		@Override
		AutoCloseable start(EndlessConsumer consumer, CountingProducer producer) {
			return loop(consumer, producer, (record) -> new ProducerRecord<>(OUTPUT, record.key(), record.value()));
		}

	},

	/** The same, with the headers that Millrace writes. */
	LOOP_WITH_HEADERS {

		@Override
		AutoCloseable start(EndlessConsumer consumer, CountingProducer producer) {
			Header type = header("content-type", "application/octet-stream");
			return loop(consumer, producer,
					(record) -> new ProducerRecord<>(OUTPUT, null, record.key(), record.value(),
							List.of(type, header("correlation_id",
									record.topic() + '-' + record.partition() + '@' + record.offset()))));
		}

	},

	/** Millrace with one record of a partition at a time. */
	PARTITION {

		@Override
		AutoCloseable start(EndlessConsumer consumer, CountingProducer producer) {
			return run(consumer, producer, MillraceApplication.class, Map.of());
		}

	},

	/** Millrace with many records of a partition at a time. */
	KEY {

		@Override
		AutoCloseable start(EndlessConsumer consumer, CountingProducer producer) {
			return run(consumer, producer, MillraceApplication.class, Map.of("millrace.subscriber.ordering", "KEY"));
		}

	},

	/** spring-kafka as it comes. */
	SEND_TO {

		@Override
		AutoCloseable start(EndlessConsumer consumer, CountingProducer producer) {
			return run(consumer, producer, SendToApplication.class, Map.of("millrace.enabled", "false"));
		}

	};

	private static final String OUTPUT = "invoices";

	/**
	 * Start it.
	 * @param consumer where the records come from
	 * @param producer where the results go
	 * @return ends it
	 */
	abstract AutoCloseable start(EndlessConsumer consumer, CountingProducer producer);

	private static AutoCloseable loop(EndlessConsumer consumer, CountingProducer producer,
			Function<ConsumerRecord<byte[], byte[]>, ProducerRecord<byte[], byte[]>> handler) {
		PipelinedLoop loop = new PipelinedLoop(consumer, producer, handler);
		Thread thread = new Thread(() -> loop.run(EndlessConsumer.TOPIC), "loop");
		thread.start();
		return () -> {
			loop.stop();
			thread.join();
		};
	}

	private static Header header(String name, String value) {
		return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
	}

	private static AutoCloseable run(EndlessConsumer consumer, CountingProducer producer, Class<?> application,
			Map<String, Object> properties) {
		return new SpringApplicationBuilder(application).bannerMode(Banner.Mode.OFF)
			.web(WebApplicationType.NONE)
			.initializers((context) -> {
				GenericApplicationContext beans = (GenericApplicationContext) context;
				beans.registerBean(DefaultKafkaConsumerFactoryCustomizer.class,
						() -> (factory) -> use(factory, consumer));
				beans.registerBean(DefaultKafkaProducerFactoryCustomizer.class,
						() -> (factory) -> use(factory, producer));
			})
			.properties(Map.of("spring.application.name", "dispatch", "spring.kafka.consumer.group-id", "dispatch",
					"millrace.topics.missing", "ignore"))
			.properties(properties)
			.run();
	}

	@SuppressWarnings("unchecked")
	private static void use(DefaultKafkaConsumerFactory<?, ?> factory, EndlessConsumer consumer) {
		((DefaultKafkaConsumerFactory<byte[], byte[]>) factory).addPostProcessor((real) -> {
			real.close();
			return consumer;
		});
	}

	@SuppressWarnings("unchecked")
	private static void use(DefaultKafkaProducerFactory<?, ?> factory, CountingProducer producer) {
		((DefaultKafkaProducerFactory<byte[], byte[]>) factory).addPostProcessor((real) -> {
			real.close(Duration.ZERO);
			return producer;
		});
	}

	/**
	 * Handler with Millrace.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class MillraceApplication {

		@StreamSubscriber(topics = EndlessConsumer.TOPIC)
		@StreamPublisher(OUTPUT)
		byte[] handle(byte[] body) {
			return body;
		}

	}

	/**
	 * Handler with spring-kafka.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SendToApplication {

		@KafkaListener(topics = EndlessConsumer.TOPIC)
		@SendTo(OUTPUT)
		byte[] handle(byte[] body) {
			return body;
		}

	}

}
