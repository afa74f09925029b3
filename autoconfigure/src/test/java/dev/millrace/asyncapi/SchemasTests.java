package dev.millrace.asyncapi;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.millrace.endpoint.BodyType;
import dev.millrace.endpoint.NamedType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Schemas}.
 */
class SchemasTests {

	private final JsonMapper mapper = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	@Test
	void scalarsAreWhatTheMapperWrites() {
		assertThat(inline(String.class)).isEqualTo("{'type':'string'}");
		assertThat(inline(int.class)).isEqualTo("{'type':'integer'}");
		assertThat(inline(boolean.class)).isEqualTo("{'type':'boolean'}");
		assertThat(inline(UUID.class)).isEqualTo("{'type':'string','format':'uuid'}");
		assertThat(inline(byte[].class)).isEqualTo("{'type':'string','contentEncoding':'base64'}");
		assertThat(inline(Object.class)).isEqualTo("{}");
		assertThat(inline(JsonNode.class)).isEqualTo("{}");
		assertThat(inline(Void.class)).isEqualTo("{'type':'null'}");
		assertThat(inline(RichApplication.Status.class)).isEqualTo("{'type':'string','enum':['new','PAID']}");
		assertThat(inline(RichApplication.OrderId.class)).isEqualTo("{'type':'string'}");
	}

	@Test
	void timesHaveAFormatWhereTheyHaveAZone() {
		assertThat(inline(Instant.class)).isEqualTo("{'type':'string','format':'date-time'}");
		assertThat(inline(LocalDate.class)).isEqualTo("{'type':'string','format':'date'}");
		assertThat(inline(Duration.class)).isEqualTo("{'type':'string','format':'duration'}");
		assertThat(inline(LocalDateTime.class)).isEqualTo("{'type':'string'}");
	}

	@Test
	void timesAreNumbersWhereTheMapperWritesNumbers() {
		JsonMapper numbers = JsonMapper.builder().enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS).build();

		assertThat(inline(numbers, Instant.class)).isEqualTo("{'type':'number'}");
	}

	@Test
	void containers() {
		assertThat(inline(generic(List.class, String.class))).isEqualTo("{'type':'array','items':{'type':'string'}}");
		assertThat(inline(String[].class)).isEqualTo("{'type':'array','items':{'type':'string'}}");
		assertThat(inline(ResolvableType.forClassWithGenerics(Map.class, String.class, Long.class).getType()))
			.isEqualTo("{'type':'object','additionalProperties':{'type':'integer'}}");
		assertThat(inline(generic(Set.class, Bean.class)))
			.isEqualTo("{'type':'array','items':{'$ref':'#/components/schemas/Bean'}}");
	}

	@Test
	void propertiesHaveTheNamesOfTheMapper() {
		JsonNode bean = component(Bean.class, "Bean");

		assertThat(bean.path("properties").propertyNames()).containsExactlyInAnyOrder("own", "last_name", "given",
				"computed_value", "secret", "inner_text");
	}

	@Test
	void requiredIsWhatCanNotBeMissing() {
		JsonNode bean = component(Nullability.class, "Nullability");

		assertThat(bean.path("required")).hasToString("[\"number\",\"required\",\"text\"]");
		assertThat(bean.at("/properties/nullable/type")).hasToString("[\"string\",\"null\"]");
		assertThat(bean.at("/properties/optional/type")).hasToString("[\"string\",\"null\"]");
		assertThat(bean.at("/properties/text/type").asString()).isEqualTo("string");
	}

	@Test
	void nothingIsRequiredWhereNullnessIsNotKnown() {
		JsonNode bean = component(Unknown.class, "Unknown");

		assertThat(bean).hasToString("{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}");
	}

	@Test
	void accessIsTold() {
		JsonNode bean = component(Bean.class, "Bean");

		assertThat(bean.at("/properties/computed_value/readOnly").asBoolean()).isTrue();
		assertThat(bean.at("/properties/secret/writeOnly").asBoolean()).isTrue();
		assertThat(bean.path("description").asString()).isEqualTo("A bean.");
	}

	@Test
	void constraintsAreTold() {
		JsonNode item = component(RichApplication.Item.class, "Item");

		assertThat(item.at("/properties/amount")).hasToString("{\"type\":\"integer\",\"minimum\":1,\"maximum\":99}");
		assertThat(item.at("/properties/currency/pattern").asString()).isEqualTo("^(?:[A-Z]{3})$");
		assertThat(item.at("/properties/name/minLength").asInt()).isEqualTo(1);
	}

	@Test
	void recursiveTypeRefersToItself() {
		JsonNode tree = component(Tree.class, "Tree");

		assertThat(tree.at("/properties/children/items/$ref").asString()).isEqualTo("#/components/schemas/Tree");
	}

	@Test
	void genericTypesHaveNamesOfTheirOwn() {
		Schemas schemas = new Schemas(this.mapper);
		schemas.of(generic(RichApplication.Page.class, Bean.class));
		schemas.of(generic(RichApplication.Page.class, Tree.class));

		ObjectNode components = schemas.collect();

		assertThat(components.propertyNames()).contains("PageOfBean", "PageOfTree");
		assertThat(components.at("/PageOfTree/properties/content/items/$ref").asString())
			.isEqualTo("#/components/schemas/Tree");
	}

	@Test
	void subtypesAreAlternatives() {
		Schemas schemas = new Schemas(this.mapper);
		schemas.of(RichApplication.Shape.class);

		ObjectNode components = schemas.collect();

		assertThat(components.at("/Shape/anyOf"))
			.hasToString("[{\"$ref\":\"#/components/schemas/Circle\"},{\"$ref\":\"#/components/schemas/Square\"}]");
		assertThat(components.at("/Circle/properties/kind/const").asString()).isEqualTo("circle");
	}

	@Test
	void whatIsWrittenAsItsValueIsDescribedAsThat() {
		assertThat(inline(Tags.class)).isEqualTo("{'type':'array','items':{'type':'string'}}");
		assertThat(inline(Scores.class)).isEqualTo("{'type':'object','additionalProperties':{'type':'integer'}}");
		assertThat(inline(generic(Box.class, Tree.class)))
			.isEqualTo("{'type':'array','items':{'$ref':'#/components/schemas/Tree'}}");
		assertThat(inline(Leaf.class)).isEqualTo("{'$ref':'#/components/schemas/Tree'}");
		assertThat(inline(Forest.class)).isEqualTo("{'type':'array','items':{}}");
		assertThat(component(Park.class, "Park").at("/properties/leaf/$ref").asString())
			.isEqualTo("#/components/schemas/Tree");
		assertThat(component(Park.class, "Park").at("/properties/tags/items/items/type").asString())
			.isEqualTo("string");
	}

	@Test
	void propertiesAreThoseThatTheMapperSees() {
		JsonMapper fields = JsonMapper.builder()
			.changeDefaultVisibility((visibility) -> visibility.withFieldVisibility(JsonAutoDetect.Visibility.ANY))
			.build();
		JsonMapper mixed = JsonMapper.builder().addMixIn(Hidden.class, Shown.class).build();

		assertThat(component(Hidden.class, "Hidden").has("properties")).isFalse();
		assertThat(components(fields, Hidden.class).at("/Hidden/properties").propertyNames()).containsExactly("secret");
		assertThat(components(mixed, Hidden.class).at("/Hidden/properties").propertyNames()).containsExactly("shown");
	}

	@Test
	void inheritedPropertiesAreThoseOfTheTypeThatInherits() {
		JsonMapper plain = JsonMapper.builder().build();

		assertThat(components(plain, OrderPlaced.class).at("/OrderPlaced/properties").propertyNames())
			.containsExactlyInAnyOrderElementsOf(plain.<JsonNode>valueToTree(new OrderPlaced()).propertyNames())
			.contains("event_id", "computed_id", "source_name");
	}

	@Test
	void patternIsThatOfAllOfTheText() {
		JsonNode patterns = component(Patterns.class, "Patterns");

		assertThat(patterns.at("/properties/code/pattern").asString()).isEqualTo("^(?:^[A-Z]{3})$");
	}

	@Test
	void membersOfOneNameAreRequiredOnce() {
		NamedType first = new NamedType("type", String.class, true, false, null, List.of());
		NamedType second = new NamedType("type", int.class, true, false, null, List.of());

		assertThat(new Schemas(this.mapper).headers(List.of(first, second)).path("required")).hasToString("[\"type\"]");
	}

	@Test
	void defaultThatIsNoJsonIsLeftOut() {
		assertThat(withDefault(generic(List.class, String.class), "a,b").has("default")).isFalse();
		assertThat(withDefault(boolean.class, "True").has("default")).isFalse();
		assertThat(withDefault(int.class, "007").has("default")).isFalse();
		assertThat(withDefault(int.class, "+5").has("default")).isFalse();
		assertThat(withDefault(int.class, "").has("default")).isFalse();
		assertThat(withDefault(int.class, "5").path("default").asInt()).isEqualTo(5);
		assertThat(withDefault(String.class, "a,b").path("default").asString()).isEqualTo("a,b");
	}

	@Test
	void nullIsAllowedBesideAnything() {
		BodyType nullable = new BodyType(JsonNode.class, true);

		assertThat(new Schemas(this.mapper).of(nullable)).hasToString("{\"anyOf\":[{},{\"type\":\"null\"}]}");
	}

	@Test
	void typesOfFormatsThatAreNoJsonAreNotDescribed() {
		assertThat(inline(io.cloudevents.CloudEvent.class)).isEqualTo("{'title':'CloudEvent'}");
	}

	private String inline(Type type) {
		return inline(this.mapper, type);
	}

	private static String inline(JsonMapper mapper, Type type) {
		Schemas schemas = new Schemas(mapper);
		ObjectNode schema = schemas.of(type);
		schemas.collect();
		return schema.toString().replace('"', '\'');
	}

	private JsonNode component(Type type, String name) {
		return components(this.mapper, type).path(name);
	}

	private static JsonNode components(JsonMapper mapper, Type type) {
		Schemas schemas = new Schemas(mapper);
		schemas.of(type);
		return schemas.collect();
	}

	private JsonNode withDefault(Type type, String text) {
		NamedType header = new NamedType("header", type, false, false, text, List.of());
		return new Schemas(this.mapper).headers(List.of(header)).at("/properties/header");
	}

	private static Type generic(Class<?> type, Class<?> argument) {
		return ResolvableType.forClassWithGenerics(type, argument).getType();
	}

	@JsonClassDescription("A bean.")
	public static class Bean {

		@JsonProperty("own")
		public String explicit = "";

		public String lastName = "";

		@JsonIgnore
		public String ignored = "";

		@JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
		public String secret = "";

		@JsonUnwrapped
		public Inner inner = new Inner("");

		private final String given = "";

		private final String invisible = "";

		public String getGiven() {
			return this.given + this.invisible.isEmpty();
		}

		public int getComputedValue() {
			return 1;
		}

		public String other() {
			return "";
		}

	}

	record Inner(String innerText) {

	}

	record Nullability(String text, @Nullable String nullable, Optional<String> optional, OptionalInt optionalInt,
			int number, @JsonProperty(required = true) @Nullable String required) {

	}

	@NullUnmarked
	record Unknown(String text) {

	}

	record Tree(@Size(max = 2) List<Tree> children) {

	}

	record Tags(@JsonValue List<String> names) {

	}

	record Scores(@JsonValue Map<String, Integer> scores) {

	}

	record Box<T>(@JsonValue List<T> content) {

	}

	record Leaf(@JsonValue Tree tree) {

	}

	record Forest(@JsonValue List<Forest> trees) {

	}

	record Park(Leaf leaf, List<Tags> tags) {

	}

	static class Hidden {

		private final String secret = "";

		String shown() {
			return this.secret;
		}

	}

	interface Shown {

		@JsonProperty
		String shown();

	}

	public static class Event {

		public String eventId = "";

		protected String sourceName = "";

		public int getComputedId() {
			return 1;
		}

	}

	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	public static class OrderPlaced extends Event {

		public String getSourceName() {
			return this.sourceName;
		}

	}

	record Patterns(@Pattern(regexp = "^[A-Z]{3}") String code) {

	}

}
