package dev.millrace.handler;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import dev.millrace.DecodingException;
import dev.millrace.annotation.Key;
import dev.millrace.codec.TestRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KeyArgumentResolver}.
 */
class KeyArgumentResolverTests {

	private static final byte[] BINARY = { (byte) 0xFF, 1 };

	@Test
	void keyIsTextConvertedToTheTypeOfTheParameter() throws Exception {
		class Handler {

			Object handle(@Key String text, @Key long number, @Key Object any, @Key Optional<Integer> optional) {
				return List.of(text, number, any, optional);
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.tombstone().key("7")))
			.isEqualTo(List.of("7", 7L, "7", Optional.of(7)));
	}

	@Test
	void uuidIsRead() throws Exception {
		class Handler {

			Object handle(@Key UUID key) {
				return key;
			}

		}
		UUID key = UUID.randomUUID();

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.tombstone().key(key.toString()))).isEqualTo(key);
	}

	@Test
	void bytesAreTakenAsTheyAre() throws Exception {
		class Handler {

			Object handle(@Key byte[] raw, @Key Object any) {
				return Arrays.asList(raw, any);
			}

		}

		assertThat((List<?>) TestHandler.of(new Handler()).handle(TestRecord.tombstone().key(BINARY)))
			.allSatisfy((key) -> assertThat(key).isEqualTo(BINARY));
	}

	@Test
	void missingKeyIsNullOrEmpty() throws Exception {
		@NullUnmarked
		class Handler {

			Object handle(@Key String key, @Key Optional<String> optional, @Key OptionalInt number, @Key byte[] raw) {
				return Arrays.asList(key, optional, number, raw);
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.text("x")))
			.isEqualTo(Arrays.asList(null, Optional.empty(), OptionalInt.empty(), null));
	}

	@Test
	void missingKeyIsAnErrorForPrimitivesAndNonNullParameters() {
		@NullUnmarked
		class Primitive {

			void handle(@Key int key) {
			}

		}
		class NonNull {

			void handle(@Key String key) {
			}

		}

		for (Object handler : List.of(new Primitive(), new NonNull())) {
			assertThatExceptionOfType(DecodingException.class)
				.isThrownBy(() -> TestHandler.of(handler).handle(TestRecord.text("x")))
				.withMessageStartingWith("in-topic-2@42 has no key for parameter 'key'");
		}
	}

	@Test
	void keyOfAnotherTypeIsAnErrorThatDoesNotShowIt() {
		class Number {

			void handle(@Key int key) {
			}

		}
		class Text {

			void handle(@Key String key) {
			}

		}

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> TestHandler.of(new Number()).handle(TestRecord.tombstone().key("secret")))
			.withMessage("Can't read the key of in-topic-2@42 as parameter 'key' (int) "
					+ "of Number.handle(int) of bean 'orders'");
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> TestHandler.of(new Text()).handle(TestRecord.tombstone().key(BINARY)));
	}

}
