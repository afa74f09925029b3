package dev.millrace.handler;

import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;

import dev.millrace.DecodingException;
import dev.millrace.codec.TestRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RecordArgumentResolver} and {@link MetadataArgumentResolver}.
 */
class RecordArgumentResolverTests {

	@Test
	void rawRecordIsPassedOn() throws Exception {
		class Handler {

			Object handle(ConsumerRecord<byte[], byte[]> bytes, ConsumerRecord<?, ?> any) {
				return List.of(bytes, any);
			}

		}
		ConsumerRecord<byte[], byte[]> record = TestRecord.json("{}").build();

		assertThat((List<?>) TestHandler.of(new Handler()).create().invoke(TestDelivery.of(record)))
			.allSatisfy((argument) -> assertThat(argument).isSameAs(record));
	}

	@Test
	void typedRecordHasItsKeyAndValueConverted() throws Exception {
		class Handler {

			Object handle(ConsumerRecord<Long, Order> record) {
				return record;
			}

		}
		ConsumerRecord<byte[], byte[]> raw = TestRecord.json("{\"id\":1}").key("7").header("a", "b").build();

		ConsumerRecord<?, ?> record = (ConsumerRecord<?, ?>) TestHandler.of(new Handler())
			.create()
			.invoke(TestDelivery.of(raw));

		assertThat(record.key()).isEqualTo(7L);
		assertThat(record.value()).isEqualTo(new Order(1));
		assertThat(record.headers()).isSameAs(raw.headers());
		assertThat(record.topic()).isEqualTo("in-topic");
		assertThat(record.partition()).isEqualTo(2);
		assertThat(record.offset()).isEqualTo(42);
		assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L);
		assertThat(record.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
		assertThat(record.leaderEpoch()).isEqualTo(Optional.of(7));
		assertThat(record.serializedValueSize()).isEqualTo(8);
	}

	@Test
	void onlyTheTypedHalfIsConverted() throws Exception {
		class Handler {

			Object handle(ConsumerRecord<String, ?> record) {
				return List.of(record.key(), record.value());
			}

		}

		assertThat((List<?>) TestHandler.of(new Handler()).handle(TestRecord.json("{broken").key("k")))
			.satisfiesExactly((key) -> assertThat(key).isEqualTo("k"),
					(value) -> assertThat(value).isInstanceOf(byte[].class));
	}

	@Test
	void tombstoneAndMissingKeyAreNull() throws Exception {
		class Handler {

			Object handle(ConsumerRecord<String, Order> record) {
				return record;
			}

		}

		ConsumerRecord<?, ?> record = (ConsumerRecord<?, ?>) TestHandler.of(new Handler())
			.handle(TestRecord.tombstone());

		assertThat(record.key()).isNull();
		assertThat(record.value()).isNull();
	}

	@Test
	void keyThatCannotBeConvertedIsAnError() {
		class Handler {

			void handle(ConsumerRecord<Integer, String> record) {
			}

		}

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> TestHandler.of(new Handler()).handle(TestRecord.text("x").key("k")))
			.withMessageStartingWith("Can't read the record of in-topic-2@42");
	}

	@Test
	void metadataSaysWhereTheRecordIs() throws Exception {
		class Handler {

			Object handle(ConsumerRecordMetadata metadata) {
				return List.of(metadata.topic(), metadata.partition(), metadata.offset(), metadata.timestamp(),
						metadata.timestampType());
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.json("{broken")))
			.isEqualTo(List.of("in-topic", 2, 42L, 1_700_000_000_000L, TimestampType.CREATE_TIME));
	}

	record Order(int id) {

	}

}
