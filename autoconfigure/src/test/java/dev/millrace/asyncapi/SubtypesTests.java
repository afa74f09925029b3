package dev.millrace.asyncapi;

import java.lang.reflect.Type;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import jakarta.validation.constraints.NotNull;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Subtypes}.
 */
class SubtypesTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	@Test
	void subtypesOfASealedTypeAreAlternatives() {
		JsonNode components = components(Payment.class);

		assertThat(components.at("/Payment/anyOf")).hasToString("[{\"$ref\":\"#/components/schemas/Card\"},"
				+ "{\"$ref\":\"#/components/schemas/Sepa\"},{\"$ref\":\"#/components/schemas/Sum\"}]");
		for (Payment payment : List.of(new Card("1"), new Sepa("2"), new Sum(new Card("3"), List.of()))) {
			JsonNode schema = components.path(payment.getClass().getSimpleName());
			JsonNode written = this.mapper.valueToTree(payment);
			assertThat(schema.at("/properties/kind/const")).isEqualTo(written.path("kind"));
			assertThat(schema.path("required").valueStream().map(JsonNode::asString))
				.containsExactlyInAnyOrderElementsOf(written.propertyNames());
		}
	}

	@Test
	void propertyThatTellsTheTypeIsRequiredOnce() {
		JsonNode created = components(Event.class).path("Created");

		assertThat(created.path("required").valueStream().map(JsonNode::asString)).containsOnlyOnce("type");
	}

	@Test
	void subtypesMayContainThemselves() {
		JsonNode components = components(Sum.class);

		assertThat(components.at("/Sum/properties/parts/items/$ref").asString()).isEqualTo("#/components/schemas/Sum");
		assertThat(components.at("/Sum/properties/first/anyOf")).hasSize(3);
		assertThat(components(Sequence.class).at("/Sequence/properties/sequences/items/anyOf/0/$ref").asString())
			.isEqualTo("#/components/schemas/Sequence");
	}

	@Test
	void subtypesThatAreRegisteredAreAlternatives() {
		JsonMapper registered = JsonMapper.builder()
			.registerSubtypes(new NamedType(Truck.class, "truck"))
			.registerSubtypes(Bus.class)
			.build();

		JsonNode components = components(registered, Vehicle.class);

		assertThat(components.at("/Vehicle/anyOf")).hasSize(2);
		assertThat(components.at("/Truck/properties/kind/const").asString()).isEqualTo("truck");
		assertThat(components.at("/Bus/properties/kind/const").asString()).isEqualTo("coach");
		assertThat(components(Vehicle.class).path("Vehicle").has("properties")).isFalse();
	}

	@Test
	void typeThatIsNotAbstractIsAnAlternativeItself() {
		JsonNode components = components(Account.class);

		assertThat(components.at("/Account/anyOf/0/properties/kind/const").asString())
			.isEqualTo("SubtypesTests$Account");
		assertThat(components.at("/Account/anyOf/1/$ref").asString()).isEqualTo("#/components/schemas/Giro");
		assertThat(components.at("/Giro/properties").propertyNames()).containsExactlyInAnyOrder("limit", "number",
				"kind");
	}

	@Test
	void typeMayBeToldAroundTheValue() {
		JsonNode components = components(Wrapped.class);

		assertThat(components.path("InObject")).hasToString("{\"type\":\"object\",\"properties\":{\"in\":"
				+ "{\"type\":\"object\",\"properties\":{\"size\":{\"type\":\"integer\"}},\"required\":[\"size\"]}},"
				+ "\"required\":[\"in\"]}");
		assertThat(components.at("/InArray/items/0/const").asString()).isEqualTo(InArray.class.getName());
		assertThat(components.at("/InArray/items/1/properties/tree/$ref").asString())
			.isEqualTo("#/components/schemas/Tree");
	}

	@Test
	void typeMayBeToldWhereTheTypeIsUsed() {
		JsonNode choice = components(Choice.class).path("Choice");

		assertThat(choice.at("/properties/option/anyOf/0/properties/type/const").asString()).isEqualTo("tree");
	}

	private JsonNode components(Type type) {
		return components(this.mapper, type);
	}

	private static JsonNode components(JsonMapper mapper, Type type) {
		Schemas schemas = new Schemas(mapper);
		schemas.of(type);
		return schemas.collect();
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	sealed interface Payment {

	}

	record Card(String number) implements Payment {

	}

	sealed interface Transfer extends Payment {

	}

	record Sepa(String iban) implements Transfer {

	}

	record Sum(Payment first, List<Sum> parts) implements Payment {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes({ @JsonSubTypes.Type(Sequence.class), @JsonSubTypes.Type(Word.class) })
	interface Text {

	}

	record Sequence(List<Text> sequences) implements Text {

	}

	record Word(String word) implements Text {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	interface Vehicle {

	}

	record Truck(int load) implements Vehicle {

	}

	@JsonTypeName("coach")
	record Bus(int seats) implements Vehicle {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	static sealed class Account permits Giro {

		public int number;

	}

	static final class Giro extends Account {

		public int limit;

	}

	record Wrapped(InObject object, InArray array) {

	}

	@JsonTypeName("in")
	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
	record InObject(int size) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, include = JsonTypeInfo.As.WRAPPER_ARRAY)
	record InArray(Tree tree) {

	}

	static class Choice {

		@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
		@JsonSubTypes({ @JsonSubTypes.Type(value = Tree.class, name = "tree"),
				@JsonSubTypes.Type(value = Word.class, name = "word") })
		public Object option = "";

	}

	record Tree(List<Tree> children) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "type",
			visible = true)
	sealed interface Event permits Created, Gone {

	}

	record Created(@NotNull String type, int number) implements Event {

	}

	record Gone(@NotNull String type) implements Event {

	}

}
