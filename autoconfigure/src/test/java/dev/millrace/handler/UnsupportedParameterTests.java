package dev.millrace.handler;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Payload;

import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HandlerMethodFactory} with parameters that no record can give.
 */
class UnsupportedParameterTests {

	static Stream<Object> unsupportedHandlers() {
		class AcknowledgmentHandler {

			void handle(String body, Acknowledgment acknowledgment) {
			}

		}
		class ConsumerHandler {

			void handle(String body, Consumer<?, ?> consumer) {
			}

		}
		class TemplateHandler {

			void handle(KafkaTemplate<String, String> template) {
			}

		}
		class MessageHandler {

			void handle(Message<String> message) {
			}

		}
		class BatchHandler {

			void handle(List<ConsumerRecord<String, String>> records) {
			}

		}
		class ArrayHandler {

			void handle(Message<String>[] messages) {
			}

		}
		class RecordsHandler {

			void handle(ConsumerRecords<String, String> records) {
			}

		}
		class OptionalHandler {

			void handle(Optional<Acknowledgment> acknowledgment) {
			}

		}
		class TwoPayloadsHandler {

			void handle(@Payload String one, @Payload String two) {
			}

		}
		class MixedHandler {

			void handle(@Payload String one, String two) {
			}

		}
		class ExpressionHandler {

			void handle(@Payload("user.name") String name) {
			}

		}
		class StreamRecordsHandler {

			void handle(List<StreamRecord> records) {
			}

		}
		class AcknowledgmentsHandler {

			void handle(String body, List<dev.millrace.Acknowledgment> acknowledgments) {
			}

		}
		return Stream.of(new StreamRecordsHandler(), new AcknowledgmentsHandler(), new AcknowledgmentHandler(),
				new ConsumerHandler(), new TemplateHandler(), new MessageHandler(), new BatchHandler(),
				new ArrayHandler(), new RecordsHandler(), new OptionalHandler(), new TwoPayloadsHandler(),
				new MixedHandler(), new ExpressionHandler());
	}

	@ParameterizedTest
	@MethodSource("unsupportedHandlers")
	void parameterThatCannotBeBoundFailsAtStart(Object handler) {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> TestHandler.of(handler).create())
			.satisfies((ex) -> {
				assertThat(ex.description()).startsWith("The parameter '")
					.contains(handler.getClass().getSimpleName() + ".handle(")
					.contains("of bean 'orders'");
				assertThat(ex.action()).isNotBlank();
			});
	}

	@Test
	void failureAtStartNamesTheParameter() {
		class Handler {

			void handle(String body, Acknowledgment acknowledgment) {
			}

		}

		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> TestHandler.of(new Handler()).create())
			.satisfies((ex) -> assertThat(ex.description())
				.isEqualTo("The parameter 'acknowledgment' (org.springframework.kafka.support.Acknowledgment) "
						+ "of Handler.handle(String, Acknowledgment) of bean 'orders' "
						+ "is of a type that Millrace doesn't pass to handlers."));
	}

}
