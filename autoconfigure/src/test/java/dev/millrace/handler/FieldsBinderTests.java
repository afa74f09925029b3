package dev.millrace.handler;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategy;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.DecodingException;
import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.Key;
import dev.millrace.codec.TestRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FieldsBinder}.
 */
class FieldsBinderTests {

	private final TestHandler registrations = TestHandler.of(new Registrations());

	private final TestHandler nullables = TestHandler.of(new Nullables());

	@Test
	void fieldsAreTakenByName() throws Exception {
		assertThat(this.registrations.handle(TestRecord.json("{\"user\":\"John\",\"userId\":1}"))).isEqualTo("John 1");
		assertThat(this.registrations.handle(TestRecord.json("{\"userId\":1,\"user\":\"John\"}"))).isEqualTo("John 1");
		assertThat(this.registrations.handle(TestRecord.of("{\"user\":\"John\",\"userId\":1}"))).isEqualTo("John 1");
	}

	@Test
	void otherFieldsAreIgnored() throws Exception {
		assertThat(this.registrations.handle(TestRecord
			.json("{\"a\":{\"user\":\"no\",\"b\":[1]},\"user\":\"John\",\"c\":[{}],\"userId\":1,\"d\":null}")))
			.isEqualTo("John 1");
	}

	@Test
	void elementsOfAnArrayAreTakenByPosition() throws Exception {
		assertThat(this.registrations.handle(TestRecord.json("[\"John\",1]"))).isEqualTo("John 1");
		assertThat(this.registrations.handle(TestRecord.json("[\"John\",1,{\"x\":[]},[2]]"))).isEqualTo("John 1");
		assertThat(this.nullables.handle(TestRecord.json("[null]"))).isEqualTo(Arrays.asList(null, null));
		assertThat(this.nullables.handle(TestRecord.json("[]"))).isEqualTo(Arrays.asList(null, null));
		assertRefused(this.registrations, TestRecord.json("[\"John\"]"), "field 'userId'");
	}

	@Test
	void annotatedParametersStandBesideTheFields() throws Exception {
		class Handler {

			String handle(@Key String key, String user, int userId) {
				return key + user + userId;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.json("{\"user\":\"John\",\"userId\":1}").key("k")))
			.isEqualTo("kJohn1");
	}

	@Test
	void snakeCaseFieldReachesItsParameterWithoutAnyStrategy() throws Exception {
		assertThat(this.registrations.handle(TestRecord.json("{\"user\":\"John\",\"user_id\":1}"))).isEqualTo("John 1");
	}

	@Test
	void ownNameWinsOverSnakeCase() throws Exception {
		assertThat(this.registrations.handle(TestRecord.json("{\"user\":\"J\",\"user_id\":1,\"userId\":2}")))
			.isEqualTo("J 2");
		assertThat(this.registrations.handle(TestRecord.json("{\"user\":\"J\",\"userId\":2,\"user_id\":1}")))
			.isEqualTo("J 2");
	}

	@Test
	void nameOfTheStrategyWinsOverTheOwnName() throws Exception {
		TestHandler kebab = withStrategy(PropertyNamingStrategies.KEBAB_CASE);

		assertThat(kebab.handle(TestRecord.json("{\"user\":\"J\",\"user-id\":1}"))).isEqualTo("J 1");
		assertThat(kebab.handle(TestRecord.json("{\"user\":\"J\",\"user-id\":1,\"userId\":2,\"user_id\":3}")))
			.isEqualTo("J 1");
		assertThat(kebab.handle(TestRecord.json("{\"user\":\"J\",\"userId\":2}"))).isEqualTo("J 2");
	}

	@Test
	void parameterWhoseNameIsTheSnakeCaseOfAnotherKeepsIt() throws Exception {
		class Handler {

			String handle(int userId, int user_id) {
				return userId + "," + user_id;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.json("{\"userId\":1,\"user_id\":2}")))
			.isEqualTo("1,2");
	}

	@Test
	void caseOfNamesIsIgnoredWhereTheMapperDoes() throws Exception {
		JsonMapper mapper = JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES).build();

		assertThat(TestHandler.of(new Registrations())
			.mapper(mapper)
			.handle(TestRecord.json("{\"USER\":\"John\",\"UserID\":1}"))).isEqualTo("John 1");
		assertRefused(this.registrations, TestRecord.json("{\"USER\":\"John\",\"userId\":1}"), "field 'user'");
	}

	@Test
	void jsonPropertyIsTheOnlyNameBesideItsAliases() throws Exception {
		@NullUnmarked
		class Handler {

			String handle(@JsonProperty("name") @JsonAlias({ "login", "nick" }) String userName, @Nullable Integer id) {
				return userName;
			}

		}
		TestHandler handler = TestHandler.of(new Handler());

		assertThat(handler.handle(TestRecord.json("{\"name\":\"John\",\"login\":\"no\",\"id\":1}"))).isEqualTo("John");
		assertThat(handler.handle(TestRecord.json("{\"login\":\"no\",\"name\":\"John\"}"))).isEqualTo("John");
		assertThat(handler.handle(TestRecord.json("{\"nick\":\"Joe\",\"userName\":\"no\"}"))).isEqualTo("Joe");
		assertThat(handler.handle(TestRecord.json("{\"userName\":\"no\",\"user_name\":\"no\"}"))).isNull();
	}

	@Test
	void singleParameterWithJsonPropertyIsAField() throws Exception {
		class Handler {

			String handle(@JsonProperty("user") String user) {
				return user;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.json("{\"user\":\"John\"}"))).isEqualTo("John");
	}

	@Test
	void fieldsAreReadAsTheTypesOfTheirParameters() throws Exception {
		class Handler {

			Object handle(List<Order> orders, Order order, long count, byte[] bytes, JsonNode tree) {
				return List.of(orders.get(0), order, count, new String(bytes), tree.get("a").asInt());
			}

		}

		assertThat(TestHandler.of(new Handler())
			.handle(TestRecord.json("{\"orders\":[{\"id\":1}],\"order\":{\"id\":2},\"count\":3,"
					+ "\"bytes\":\"aGk=\",\"tree\":{\"a\":4}}")))
			.isEqualTo(List.of(new Order(1), new Order(2), 3L, "hi", 4));
	}

	@Test
	void missingAndNullFieldsAreNullOrEmpty() throws Exception {
		class Optionals {

			Object handle(Optional<Order> order, OptionalInt i, OptionalLong l, OptionalDouble d) {
				return Arrays.asList(order, i, l, d);
			}

		}
		List<?> empty = List.of(Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalDouble.empty());
		TestHandler optionals = TestHandler.of(new Optionals());

		assertThat(optionals.handle(TestRecord.json("{}"))).isEqualTo(empty);
		assertThat(optionals.handle(TestRecord.json("{\"order\":null,\"i\":null,\"l\":null,\"d\":null}")))
			.isEqualTo(empty);
		assertThat(optionals.handle(TestRecord.json("{\"order\":{\"id\":1},\"i\":1,\"l\":2,\"d\":3.5}"))).isEqualTo(
				List.of(Optional.of(new Order(1)), OptionalInt.of(1), OptionalLong.of(2), OptionalDouble.of(3.5)));
		assertThat(this.nullables.handle(TestRecord.json("{}"))).isEqualTo(Arrays.asList(null, null));
		assertThat(this.nullables.handle(TestRecord.json("{\"a\":null,\"b\":null}")))
			.isEqualTo(Arrays.asList(null, null));
	}

	@Test
	void bodyThatIsNotThereMissesAllFields() throws Exception {
		for (TestRecord record : List.of(TestRecord.tombstone(), TestRecord.of(""), TestRecord.json("null"),
				TestRecord.tombstone().header("content-type", "text/plain"))) {
			assertThat(this.nullables.handle(record)).isEqualTo(Arrays.asList(null, null));
		}
	}

	@Test
	void primitiveWithoutFieldIsAnErrorThatNamesIt() {
		for (String body : List.of("{\"user\":\"John\"}", "{\"user\":\"John\",\"userId\":null}")) {
			assertThatExceptionOfType(DecodingException.class)
				.isThrownBy(() -> this.registrations.handle(TestRecord.json(body)))
				.withMessage("in-topic-2@42 has no field 'userId' for parameter 'userId' (int) "
						+ "of Registrations.handle(String, int) of bean 'orders'");
		}
	}

	@Test
	void primitiveIsNeverMadeUpEvenIfTheMapperWould() {
		JsonMapper lenient = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

		assertRefused(TestHandler.of(new Registrations()).mapper(lenient),
				TestRecord.json("{\"user\":\"John\",\"userId\":null}"), "field 'userId'");
	}

	@Test
	void nonNullParameterWithoutFieldIsAnError() throws Exception {
		TestHandler handler = TestHandler.of(new NonNulls());

		assertThat(handler.handle(TestRecord.json("{\"a\":\"x\"}"))).isEqualTo(Arrays.asList("x", null));
		assertRefused(handler, TestRecord.json("{\"b\":\"x\"}"), "no field 'a'");
		assertRefused(handler, TestRecord.json("{\"a\":null,\"b\":\"x\"}"), "no field 'a'");
	}

	@Test
	void fieldOfAnotherTypeIsAnErrorThatNamesItButNotItsValue() {
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> this.registrations.handle(TestRecord.json("{\"user\":\"J\",\"userId\":\"secret\"}")))
			.withMessage("Can't read the field 'userId' of in-topic-2@42 as parameter 'userId' (int) "
					+ "of Registrations.handle(String, int) of bean 'orders'")
			.havingCause();
	}

	@ParameterizedTest
	@ValueSource(strings = { "5", "\"John\"", "true", "", "{\"user\":\"John\"", "[\"John\",1", "{\"user\"}",
			"{\"user\":\"J\",\"userId\":1} x", "[\"J\",1] []", "not json" })
	void bodyOfAnotherShapeIsAnError(String body) {
		assertRefused(this.registrations, TestRecord.json(body), "in-topic-2@42, with content type 'application/json'");
	}

	@Test
	void contentTypeOfSomethingElseIsAnError() {
		String body = "{\"user\":\"John\",\"userId\":1}";

		assertRefused(this.registrations, TestRecord.text(body), "with content type 'text/plain'");
		assertRefused(this.registrations, TestRecord.of(body).header("content-type", "application/xml"),
				"with content type 'application/xml'");
	}

	@Test
	void trailingTokensAreAcceptedWhereTheMapperDoes() throws Exception {
		JsonMapper lenient = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

		assertThat(TestHandler.of(new Registrations()).mapper(lenient).handle(TestRecord.json("[\"John\",1] []")))
			.isEqualTo("John 1");
	}

	@Test
	void twoParametersOfOneFieldFailAtStart() {
		class Handler {

			void handle(@JsonProperty("a") String one, @JsonProperty("a") String two) {
			}

		}

		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> TestHandler.of(new Handler()).create())
			.satisfies((ex) -> assertThat(ex.description()).contains("'two'").contains("the same field"));
	}

	private static TestHandler withStrategy(PropertyNamingStrategy strategy) {
		return TestHandler.of(new Registrations())
			.mapper(JsonMapper.builder().propertyNamingStrategy(strategy).build());
	}

	private static void assertRefused(TestHandler handler, TestRecord record, String message) {
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> handler.handle(record))
			.withMessageContaining(message);
	}

	record Order(int id) {

	}

	static class Registrations {

		String handle(String user, int userId) {
			return user + " " + userId;
		}

	}

	@NullUnmarked
	static class Nullables {

		Object handle(String a, Integer b) {
			return Arrays.asList(a, b);
		}

	}

	@NullMarked
	static class NonNulls {

		Object handle(String a, @Nullable String b) {
			return Arrays.asList(a, b);
		}

	}

}
