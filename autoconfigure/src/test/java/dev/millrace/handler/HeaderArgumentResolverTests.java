package dev.millrace.handler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;

import dev.millrace.DecodingException;
import dev.millrace.StreamConfigurationException;
import dev.millrace.codec.TestRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HeaderArgumentResolver}.
 */
class HeaderArgumentResolverTests {

	private static final byte[] BINARY = { (byte) 0xFF, 1 };

	private static final TestRecord EMPTY = TestRecord.tombstone();

	@Test
	void headerIsFoundByItsNameOrThatOfTheParameter() throws Exception {
		class Handler {

			Object handle(@Header("correlation_id") String id, @Header(name = "reply_to") String topic,
					@Header String tenant) {
				return List.of(id, topic, tenant);
			}

		}

		assertThat(TestHandler.of(new Handler())
			.handle(TestRecord.tombstone()
				.header("correlation_id", "c")
				.header("reply_to", "r")
				.header("tenant", "größe")))
			.isEqualTo(List.of("c", "r", "größe"));
	}

	@Test
	void lastHeaderOfTheNameWins() throws Exception {
		class Handler {

			Object handle(@Header String a) {
				return a;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.tombstone().header("a", "1").header("a", "2")))
			.isEqualTo("2");
	}

	@Test
	void valueIsConvertedToTheTypeOfTheParameter() throws Exception {
		class Handler {

			Object handle(@Header int count, @Header UUID id, @Header Thread.State state, @Header Instant at,
					@Header List<Integer> list, @Header OptionalLong size) {
				return List.of(count, id, state, at, list, size);
			}

		}
		UUID id = UUID.randomUUID();

		assertThat(TestHandler.of(new Handler())
			.handle(TestRecord.tombstone()
				.header("count", "5")
				.header("id", id.toString())
				.header("state", "NEW")
				.header("at", "2026-11-21T03:00:00Z")
				.header("list", "1,2")
				.header("size", "7")))
			.isEqualTo(List.of(5, id, Thread.State.NEW, Instant.parse("2026-11-21T03:00:00Z"), List.of(1, 2),
					OptionalLong.of(7)));
	}

	@Test
	void bytesThatAreNoTextStayBytes() throws Exception {
		class Handler {

			Object handle(@Header byte[] raw, @Header Object binary, @Header Object text) {
				return Arrays.asList(raw, binary, text);
			}

		}

		assertThat((List<?>) TestHandler.of(new Handler())
			.handle(TestRecord.tombstone().header("raw", "5").header("binary", BINARY).header("text", "5")))
			.satisfiesExactly((raw) -> assertThat(raw).isEqualTo(new byte[] { '5' }),
					(binary) -> assertThat(binary).isEqualTo(BINARY), (text) -> assertThat(text).isEqualTo("5"));
	}

	@Test
	void valueOfAnotherTypeIsAnErrorThatNamesTheHeaderButNotTheValue() {
		class Handler {

			void handle(@Header("x-count") int count) {
			}

		}
		TestHandler handler = TestHandler.of(new Handler());

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> handler.handle(TestRecord.tombstone().header("x-count", "secret")))
			.withMessage("Can't read the header 'x-count' of in-topic-2@42 as parameter 'count' (int) "
					+ "of Handler.handle(int) of bean 'orders'");
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> handler.handle(TestRecord.tombstone().header("x-count", BINARY)));
	}

	@Test
	void textParameterRefusesBytesThatAreNoText() {
		class Handler {

			void handle(@Header String a) {
			}

		}

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> TestHandler.of(new Handler()).handle(TestRecord.tombstone().header("a", BINARY)));
	}

	@Test
	void requiredHeaderThatIsMissingOrNullIsAnError() {
		@NullUnmarked
		class Handler {

			void handle(@Header("x") String value) {
			}

		}
		TestHandler handler = TestHandler.of(new Handler());

		for (TestRecord record : List.of(EMPTY, TestRecord.tombstone().header("x", (byte[]) null))) {
			assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> handler.handle(record))
				.withMessageContaining("in-topic-2@42 has no header 'x' for parameter 'value'");
		}
	}

	@Test
	void headerThatMayBeMissingIsNullEmptyOrTheDefault() throws Exception {
		class Handler {

			Object handle(@Header(required = false) String a, @Header @Nullable String b, @Header Optional<String> c,
					@Header(defaultValue = "5") int d, @Header(defaultValue = "") String e) {
				return Arrays.asList(a, b, c, d, e);
			}

		}
		TestHandler handler = TestHandler.of(new Handler());

		assertThat(handler.handle(EMPTY)).isEqualTo(Arrays.asList(null, null, Optional.empty(), 5, ""));
		assertThat(handler.handle(TestRecord.tombstone().header("c", "C").header("d", "6")))
			.isEqualTo(Arrays.asList(null, null, Optional.of("C"), 6, ""));
	}

	@Test
	void primitiveIsNeverMadeUp() {
		class Handler {

			void handle(@Header(required = false) int a) {
			}

		}

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> TestHandler.of(new Handler()).handle(EMPTY));
	}

	@Test
	void namesOfSpringGiveWhatTheRecordItselfSays() throws Exception {
		class Handler {

			Object handle(@Header(KafkaHeaders.RECEIVED_TOPIC) String topic,
					@Header(KafkaHeaders.RECEIVED_PARTITION) int partition, @Header(KafkaHeaders.OFFSET) long offset,
					@Header(KafkaHeaders.RECEIVED_TIMESTAMP) Long timestamp,
					@Header(KafkaHeaders.TIMESTAMP_TYPE) TimestampType type, @Header(KafkaHeaders.RECEIVED_KEY) int key,
					@Header(KafkaHeaders.OFFSET) String text, @Header(KafkaHeaders.TIMESTAMP_TYPE) String typeName) {
				return List.of(topic, partition, offset, timestamp, type, key, text, typeName);
			}

		}

		assertThat(
				TestHandler.of(new Handler()).handle(TestRecord.tombstone().key("9").header(KafkaHeaders.OFFSET, "1")))
			.isEqualTo(
					List.of("in-topic", 2, 42L, 1_700_000_000_000L, TimestampType.CREATE_TIME, 9, "42", "CREATE_TIME"));
	}

	@Test
	void timestampOfTheRecordIsAnInstantWhereOneIsAskedFor() throws Exception {
		class Handler {

			Object handle(@Header(KafkaHeaders.RECEIVED_TIMESTAMP) Instant timestamp) {
				return timestamp;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(EMPTY)).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
	}

	@Test
	void placeholdersInNamesAndDefaultsAreResolvedOnce() throws Exception {
		class Handler {

			Object handle(@Header("${name}") String a, @Header(name = "b", defaultValue = "${number}") int b,
					@Header("${empty}") String own) {
				return List.of(a, b, own);
			}

		}
		List<String> resolved = new ArrayList<>();
		Map<String, String> texts = Map.of("${name}", "x-name", "${number}", "5", "${empty}", "", "b", "b");
		TestHandler handler = TestHandler.of(new Handler()).resolving((text) -> {
			resolved.add(text);
			return texts.get(text);
		});

		for (int i = 0; i < 2; i++) {
			assertThat(handler.handle(TestRecord.tombstone().header("x-name", "a").header("own", "o")))
				.isEqualTo(List.of("a", 5, "o"));
		}
		assertThat(resolved).containsExactly("${name}", "b", "${number}", "${empty}");
	}

	@Test
	void placeholderThatCantBeResolvedFailsAtStart() {
		class Handler {

			void handle(@Header("${name}") String a) {
			}

		}
		IllegalArgumentException cause = new IllegalArgumentException("name");

		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> TestHandler.of(new Handler()).resolving((text) -> {
				throw cause;
			}).create())
			.withCause(cause)
			.satisfies((ex) -> {
				assertThat(ex.description()).isEqualTo("The parameter 'a' (java.lang.String) of Handler.handle(String)"
						+ " of bean 'orders' holds '${name}', which can't be resolved.");
				assertThat(ex.action()).isEqualTo("Define the property or correct the expression.");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			kafka_acknowledgment        | dev.millrace.Acknowledgment
			kafka_consumer              | commits offsets itself
			kafka_groupId               | setting of the subscriber
			kafka_listenerInfo          | Remove the parameter
			kafka_conversionFailures    | what can't be read does not reach
			kafka_data                  | ConsumerRecord
			kafka_nativeHeaders         | Kafka's Headers
			kafka_batchConvertedHeaders | @Headers List<Map<String, String>>
			kafka_deliveryAttempt       | dev.millrace.StreamRecord instead, whose attempt()
			kafka_recordMetadata        | ConsumerRecordMetadata
			kafka_topic                 | KafkaHeaders.RECEIVED_TOPIC
			kafka_partitionId           | KafkaHeaders.RECEIVED_PARTITION
			kafka_messageKey            | KafkaHeaders.RECEIVED_KEY
			kafka_timestamp             | KafkaHeaders.RECEIVED_TIMESTAMP
			""")
	void nameOfSpringThatNoRecordCarriesFailsAtStartWithWhatToTakeInstead(String name, String remedy) {
		class Handler {

			void handle(@Header("name") String value) {
			}

		}

		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> TestHandler.of(new Handler()).resolving((text) -> name).create())
			.satisfies((ex) -> {
				assertThat(ex.description()).contains("Handler.handle(", "'" + name + "', which no record carries.");
				assertThat(ex.action()).contains(remedy);
			});
	}

	@ParameterizedTest
	@ValueSource(classes = { TakesGroup.class, TakesAcknowledgment.class, WrongDefault.class })
	void headerThatCanNeverBeBoundFailsAtStart(Class<?> type) throws Exception {
		Object handler = type.getDeclaredConstructor().newInstance();

		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> TestHandler.of(handler).create())
			.satisfies((ex) -> assertThat(ex.description()).contains(type.getSimpleName() + ".handle("));
	}

	static class TakesGroup {

		void handle(@Header(KafkaHeaders.GROUP_ID) String group) {
		}

	}

	static class TakesAcknowledgment {

		void handle(@Header(KafkaHeaders.ACKNOWLEDGMENT) Object acknowledgment) {
		}

	}

	static class WrongDefault {

		void handle(@Header(defaultValue = "many") int count) {
		}

	}

}
