package dev.millrace.handler;

import java.util.Map;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamException;
import dev.millrace.StreamRecord;
import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.FilterSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FilterFactory}.
 */
class FilterFactoryTests {

	private final Map<String, Predicate<StreamRecord>> predicates = Map.of("first",
			(record) -> record.offset() == 42 && record.attempt() == 1);

	private final FilterFactory factory = new FilterFactory(this.predicates::get);

	private final Delivery record = TestDelivery
		.of(TestRecord.json("{\"type\":\"order\",\"id\":7}").key("k").header("kind", "x").build());

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			key == 'k'                                    | true
			key == 'other'                                | false
			body['type'] == 'order'                       | true
			body.type == 'order' and body.id > 6          | true
			body['type'] == 'invoice'                     | false
			headers['kind'] == 'x'                        | true
			header('kind') == 'x'                         | true
			header('missing') == null                     | true
			contentType == 'application/json'             | true
			topic == 'in-topic' and partition == 2        | true
			#record.serializedKeySize() > 1000            | false
			""")
	void expressionSeesTheRecord(String expression, boolean accepted) throws Exception {
		assertThat(filter(null, Map.of(), expression, null).accepts(this.record)).isEqualTo(accepted);
	}

	@Test
	void allConditionsMustHold() throws Exception {
		assertThat(filter("application/json", Map.of("kind", "x"), "key == 'k'", "first").accepts(this.record))
			.isTrue();
		assertThat(filter("text/plain", Map.of("kind", "x"), "key == 'k'", "first").accepts(this.record)).isFalse();
		assertThat(filter("application/json", Map.of("kind", "y"), "key == 'k'", "first").accepts(this.record))
			.isFalse();
		assertThat(filter("application/json", Map.of("kind", "x"), "key == 'l'", "first").accepts(this.record))
			.isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "application/json, application/json;charset=utf-8",
			"application/json; charset=utf-8, application/json", "Application/JSON ;v=1, application/json; v=2" })
	void contentTypesAreComparedWithoutParameters(String expected, String contentType) throws Exception {
		Delivery delivery = TestDelivery.of(TestRecord.of("{}").header("content-type", contentType).build());

		assertThat(filter(expected, Map.of(), null, null).accepts(delivery)).isTrue();
		assertThat(filter("text/plain; v=1", Map.of(), null, null).accepts(delivery)).isFalse();
	}

	@Test
	void starStandsForAnyValueOfAHeaderThatIsThere() throws Exception {
		assertThat(filter(null, Map.of("kind", "*"), null, null).accepts(this.record)).isTrue();
		assertThat(filter(null, Map.of("missing", "*"), null, null).accepts(this.record)).isFalse();
	}

	@Test
	void predicateIsAsked() throws Exception {
		assertThat(filter(null, Map.of(), null, "first").accepts(this.record)).isTrue();
	}

	@Test
	void propertyThatRecordsDoNotHaveIsRefusedAtStart() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> filter(null, Map.of(), "kee == 'k'", null))
			.withMessageContaining("The filter of orders 'kee == 'k'' reads the property 'kee'");
	}

	@Test
	void expressionThatIsNeitherTrueNorFalseFailsTheRecord() {
		RecordFilter filter = filter(null, Map.of(), "key", null);

		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> filter.accepts(this.record))
			.withMessage("The filter 'key' of orders yields a java.lang.String, neither true nor false");
	}

	private RecordFilter filter(String contentType, Map<String, String> headers, String expression, String predicate) {
		return this.factory.create(new FilterSettings(contentType, headers, expression, predicate), "orders");
	}

}
