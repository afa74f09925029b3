package dev.millrace.handler;

import java.util.List;
import java.util.Map;

import org.apache.kafka.common.header.Headers;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.MessageHeaders;

import dev.millrace.StreamConfigurationException;
import dev.millrace.codec.TestRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HeadersArgumentResolver}.
 */
class HeadersArgumentResolverTests {

	private static final byte[] BINARY = { (byte) 0xFF, 1 };

	private final TestRecord record = TestRecord.tombstone()
		.header("a", "0")
		.header("a", "1")
		.header("binary", BINARY)
		.header("none", (byte[]) null);

	@Test
	void mapOfTextHoldsTheTextsAndTheLastOfEachName() throws Exception {
		class Handler {

			Object handle(@org.springframework.messaging.handler.annotation.Headers Map<String, String> headers) {
				return headers;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(this.record)).isEqualTo(Map.of("a", "1"));
	}

	@Test
	void lastHeaderOfANameCountsEvenIfItIsNoText() throws Exception {
		class Handler {

			Object handle(@org.springframework.messaging.handler.annotation.Headers Map<String, String> headers) {
				return headers;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.tombstone().header("a", "0").header("a", BINARY)))
			.isEqualTo(Map.of());
	}

	@Test
	void mapOfObjectsHoldsTextsAndBytes() throws Exception {
		class Handler {

			Object handle(@org.springframework.messaging.handler.annotation.Headers Map<String, Object> headers) {
				return headers;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(this.record)).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsExactly(Map.entry("a", "1"), Map.entry("binary", BINARY));
	}

	@Test
	void mapOfBytesHoldsTheBytes() throws Exception {
		class Handler {

			byte[] handle(@org.springframework.messaging.handler.annotation.Headers Map<String, byte[]> headers) {
				return headers.get("a");
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(this.record)).isEqualTo(new byte[] { '1' });
	}

	@Test
	void messageHeadersHoldWhatTheRecordSaysToo() throws Exception {
		class Handler {

			Object handle(MessageHeaders headers) {
				return headers;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(this.record)).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("a", "1")
			.containsEntry(KafkaHeaders.RECEIVED_TOPIC, "in-topic")
			.containsEntry(KafkaHeaders.RECEIVED_PARTITION, 2)
			.containsEntry(KafkaHeaders.OFFSET, 42L)
			.doesNotContainKey(KafkaHeaders.RECEIVED_KEY);
	}

	@Test
	void headersOfKafkaAreThoseOfTheRecord() throws Exception {
		class Handler {

			Object handle(Headers headers,
					@org.springframework.messaging.handler.annotation.Headers Headers annotated) {
				return List.of(headers, annotated);
			}

		}

		RecordInvoker invoker = TestHandler.of(new Handler()).create();
		var consumed = this.record.build();

		assertThat((List<?>) invoker.invoke(TestDelivery.of(consumed)))
			.allSatisfy((headers) -> assertThat(headers).isSameAs(consumed.headers()));
	}

	@ParameterizedTest
	@ValueSource(classes = { TakesText.class, TakesNumbers.class, TakesKeys.class })
	void otherTypeFailsAtStart(Class<?> type) throws Exception {
		Object handler = type.getDeclaredConstructor().newInstance();

		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> TestHandler.of(handler).create())
			.satisfies((ex) -> assertThat(ex.description()).contains("can't hold the headers"));
	}

	static class TakesText {

		void handle(@org.springframework.messaging.handler.annotation.Headers String headers) {
		}

	}

	static class TakesNumbers {

		void handle(@org.springframework.messaging.handler.annotation.Headers Map<String, Integer> headers) {
		}

	}

	static class TakesKeys {

		void handle(@org.springframework.messaging.handler.annotation.Headers Map<Integer, String> headers) {
		}

	}

}
