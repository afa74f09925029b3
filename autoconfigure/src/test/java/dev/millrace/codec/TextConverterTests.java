package dev.millrace.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TextConverter}.
 */
class TextConverterTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final TextConverter converter = new TextConverter(this.mapper);

	static Stream<Arguments> conversions() {
		return Stream.of(Arguments.of("x", String.class, "x"), Arguments.of(" x ", String.class, " x "),
				Arguments.of("", String.class, ""), Arguments.of("5", Object.class, "5"),
				Arguments.of("5", CharSequence.class, "5"), Arguments.of("5", int.class, 5),
				Arguments.of(" 5\n", Integer.class, 5), Arguments.of("-5", long.class, -5L),
				Arguments.of("9223372036854775807", Long.class, Long.MAX_VALUE),
				Arguments.of("7", short.class, (short) 7), Arguments.of("7", byte.class, (byte) 7),
				Arguments.of("1.5", double.class, 1.5), Arguments.of("1e3", Double.class, 1000.0),
				Arguments.of("1.5", float.class, 1.5F), Arguments.of("true", boolean.class, true),
				Arguments.of("False", Boolean.class, false),
				Arguments.of("1.10", BigDecimal.class, new BigDecimal("1.10")),
				Arguments.of("10", BigInteger.class, BigInteger.TEN),
				Arguments.of("3c702fb0-b050-4b0a-997c-6f6ad694f016", UUID.class,
						UUID.fromString("3c702fb0-b050-4b0a-997c-6f6ad694f016")),
				Arguments.of("2026-11-21", LocalDate.class, LocalDate.of(2026, 11, 21)),
				Arguments.of("2026-11-21T03:00:00Z", Instant.class, Instant.parse("2026-11-21T03:00:00Z")),
				Arguments.of("2026-11-21T03:00:00Z", OffsetDateTime.class,
						OffsetDateTime.parse("2026-11-21T03:00:00Z")),
				Arguments.of("PT1M", Duration.class, Duration.ofMinutes(1)),
				Arguments.of("https://millrace.dev", URI.class, URI.create("https://millrace.dev")),
				Arguments.of("OPEN", Status.class, Status.OPEN), Arguments.of("shut", Status.class, Status.CLOSED),
				Arguments.of("A-1", OrderId.class, new OrderId("A", 1)));
	}

	@ParameterizedTest
	@MethodSource("conversions")
	void convertsText(String text, Class<?> type, Object expected) {
		assertThat(convert(text, type)).isEqualTo(expected);
	}

	@Test
	void convertsNumbersEvenIfTheMapperRefusesThemInJsonStrings() {
		JsonMapper strict = JsonMapper.builder().disable(MapperFeature.ALLOW_COERCION_OF_SCALARS).build();

		assertThat(new TextConverter(strict).convert("5", strict.constructType(int.class))).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(classes = { int.class, Integer.class, Long.class, boolean.class, Boolean.class, UUID.class,
			LocalDate.class, Instant.class, Status.class, BigDecimal.class, Order.class, char.class })
	void blankTextIsNoValueOfAnythingButText(Class<?> type) {
		assertThatIllegalArgumentException().isThrownBy(() -> convert("", type));
		assertThatIllegalArgumentException().isThrownBy(() -> convert(" \n", type));
	}

	@ParameterizedTest
	@ValueSource(classes = { int.class, Integer.class, Double.class, boolean.class, UUID.class, LocalDate.class,
			Status.class, Order.class, int[].class })
	void otherTextIsRefused(Class<?> type) {
		assertThatIllegalArgumentException().isThrownBy(() -> convert("null", type));
		assertThatIllegalArgumentException().isThrownBy(() -> convert("what", type));
		assertThatIllegalArgumentException().isThrownBy(() -> convert("{\"id\":1}", type));
	}

	@Test
	void numbersAreNotCut() {
		assertThatIllegalArgumentException().isThrownBy(() -> convert("2147483648", int.class));
		assertThatIllegalArgumentException().isThrownBy(() -> convert("5.5", int.class));
		assertThatIllegalArgumentException().isThrownBy(() -> convert("1", boolean.class));
	}

	@ParameterizedTest
	@ValueSource(classes = { BigInteger.class, BigDecimal.class, double.class })
	void numbersAreNoLongerThanThoseInJson(Class<?> type) {
		assertThat(convert("1".repeat(1000), type)).isNotNull();
		assertThatIllegalArgumentException().isThrownBy(() -> convert("1".repeat(1001), type));
	}

	@Test
	void lengthOfNumbersIsThatOfTheMapper() {
		JsonMapper patient = JsonMapper
			.builder(JsonFactory.builder()
				.streamReadConstraints(StreamReadConstraints.builder().maxNumberLength(2000).build())
				.build())
			.build();

		assertThat(new TextConverter(patient).convert("1".repeat(2000), patient.constructType(BigInteger.class)))
			.isEqualTo(new BigInteger("1".repeat(2000)));
	}

	private Object convert(String text, Class<?> type) {
		return this.converter.convert(text, this.mapper.constructType(type));
	}

	enum Status {

		OPEN,

		@JsonProperty("shut")
		CLOSED

	}

	record Order(int id) {

	}

	record OrderId(String series, int number) {

		@JsonCreator
		static OrderId parse(String text) {
			String[] parts = text.split("-");
			return new OrderId(parts[0], Integer.parseInt(parts[1]));
		}

	}

}
