package dev.millrace.codec;

import java.util.Map;
import java.util.UUID;

import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.serialization.UUIDSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;

import dev.millrace.autoconfigure.MillraceAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientKeys}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClientKeysTests {

	private static final String IGNORED = "Millrace reads and writes keys as text";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, MillraceAutoConfiguration.class));

	@Test
	void keyDeserializerThatIsIgnoredIsReported(CapturedOutput output) {
		this.runner.withPropertyValues("spring.kafka.consumer.key-deserializer=" + LongDeserializer.class.getName())
			.run((context) -> assertThat(output)
				.containsOnlyOnce("The key deserializer " + LongDeserializer.class.getName()
						+ " of the application's consumers is not used: " + IGNORED)
				.contains("@Key byte[]")
				.doesNotContain("key serializer"));
	}

	@Test
	void keySerializerThatIsIgnoredIsReported(CapturedOutput output) {
		this.runner.withPropertyValues("spring.kafka.producer.key-serializer=" + LongSerializer.class.getName())
			.run((context) -> assertThat(output)
				.containsOnlyOnce("The key serializer " + LongSerializer.class.getName()
						+ " of the application's producers is not used: " + IGNORED)
				.contains("A key of type byte[] is written as it is")
				.doesNotContain("key deserializer"));
	}

	@Test
	void delegateOfAnErrorHandlingDeserializerIsReported(CapturedOutput output) {
		this.runner
			.withPropertyValues("spring.kafka.consumer.key-deserializer=" + ErrorHandlingDeserializer.class.getName(),
					"spring.kafka.consumer.properties[spring.deserializer.key.delegate.class]="
							+ LongDeserializer.class.getName())
			.run((context) -> assertThat(output)
				.containsOnlyOnce("The key deserializer " + LongDeserializer.class.getName() + " of"));
	}

	@Test
	void instancesOfTheFactoriesAreReported(CapturedOutput output) {
		ConsumerFactory<Long, String> consumers = new DefaultKafkaConsumerFactory<>(Map.of(), new LongDeserializer(),
				new StringDeserializer());
		ProducerFactory<UUID, String> producers = new DefaultKafkaProducerFactory<>(Map.of(), new UUIDSerializer(),
				new StringSerializer());

		ClientKeys.report(consumers, producers);

		assertThat(output).containsOnlyOnce("The key deserializer " + LongDeserializer.class.getName() + " of")
			.containsOnlyOnce("The key serializer " + UUIDSerializer.class.getName() + " of");
	}

	@ParameterizedTest
	@ValueSource(strings = { "StringDeserializer", "ByteArrayDeserializer", "BytesDeserializer" })
	void keysOfTextAndBytesAreNotReported(String deserializer, CapturedOutput output) {
		String name = "org.apache.kafka.common.serialization." + deserializer;

		this.runner
			.withPropertyValues("spring.kafka.consumer.key-deserializer=" + name,
					"spring.kafka.producer.key-serializer=" + ByteArraySerializer.class.getName())
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner
			.withPropertyValues("spring.kafka.consumer.key-deserializer=" + ErrorHandlingDeserializer.class.getName(),
					"spring.kafka.consumer.properties[spring.deserializer.key.delegate.class]=" + name)
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner.run((context) -> assertThat(context).hasNotFailed());

		assertThat(output).doesNotContain(IGNORED);
	}

}
