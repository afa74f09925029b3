package dev.millrace.asyncapi;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import dev.millrace.endpoint.BodyType;
import dev.millrace.endpoint.NamedType;

/**
 * JSON schemas of Java types. Objects become entries of {@code components/schemas}, of
 * which references know the names once {@link #collect} has been called.
 * <p>
 * They are of draft 7, which the schemas of AsyncAPI extend.
 *
 * @see <a href=
 * "https://www.asyncapi.com/docs/reference/specification/v3.0.0#schemaObject">Schema
 * Object</a>
 */
final class Schemas {

	private static final boolean VALIDATION = ClassUtils.isPresent("jakarta.validation.Constraint",
			Schemas.class.getClassLoader());

	private final SchemaBuilder builder;

	Schemas(JsonMapper mapper) {
		SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(mapper, SchemaVersion.DRAFT_7,
				OptionPreset.PLAIN_JSON)
			.with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.INLINE_NULLABLE_SCHEMAS, Option.GETTER_METHODS,
					Option.NONSTATIC_NONVOID_NONGETTER_METHODS, Option.FIELDS_DERIVED_FROM_ARGUMENTFREE_METHODS)
			.without(Option.SCHEMA_VERSION_INDICATOR, Option.VALUES_FROM_CONSTANT_FIELDS)
			.with(new JacksonTypes(mapper))
			.with(new Subtypes(mapper))
			.with(new JacksonSchemaModule(JacksonOption.RESPECT_JSONPROPERTY_REQUIRED,
					JacksonOption.IGNORE_PROPERTY_NAMING_STRATEGY, JacksonOption.SKIP_SUBTYPE_LOOKUP,
					JacksonOption.IGNORE_TYPE_INFO_TRANSFORM));
		if (VALIDATION) {
			config.with(new JakartaValidationModule(JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
					JakartaValidationOption.NOT_NULLABLE_METHOD_IS_REQUIRED,
					JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
		}
		config.forTypesInGeneral().withDefinitionNamingStrategy(new SchemaNames());
		this.builder = new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
	}

	/**
	 * Return the schema of a type.
	 * @param type the type
	 * @return the schema, or a reference to it
	 */
	ObjectNode of(Type type) {
		return this.builder.createSchemaReference(type);
	}

	/**
	 * Return the schema of a body.
	 * @param body what is known about it
	 * @return the schema
	 */
	ObjectNode of(BodyType body) {
		ObjectNode schema = body.fields().isEmpty() ? constrained(ofWhole(body.type()), body.annotations())
				: object(body.fields(), this::of);
		return (body.nullable() && body.type() != Object.class) ? orNull(schema) : schema;
	}

	/**
	 * Return the schema of what is the whole of a body, a header or a key, so that bytes
	 * are those themselves and not JSON.
	 * @param type the type
	 * @return the schema, or a reference to it
	 */
	ObjectNode ofWhole(Type type) {
		return (type == byte[].class) ? Json.object().put("type", "string").put("format", "binary") : of(type);
	}

	/**
	 * Return the schema of headers.
	 * @param headers the headers
	 * @return the schema
	 */
	ObjectNode headers(List<NamedType> headers) {
		return object(headers, this::ofWhole);
	}

	private ObjectNode object(List<NamedType> members, Function<Type, ObjectNode> schemas) {
		ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
		ObjectNode properties = schema.putObject("properties");
		Set<String> required = new LinkedHashSet<>();
		for (NamedType member : members) {
			ObjectNode property = constrained(schemas.apply(member.type()), member.annotations());
			JsonNode defaultValue = defaultValue(member.defaultValue(), property);
			if (defaultValue != null) {
				property.set("default", defaultValue);
			}
			properties.set(member.name(), member.nullable() ? orNull(property) : property);
			if (member.required() || ParameterConstraints.areRequired(member.annotations())) {
				required.add(member.name());
			}
		}
		if (!required.isEmpty()) {
			required.forEach(schema.putArray("required")::add);
		}
		return schema;
	}

	/**
	 * Return all schemas that were referred to; after this there are no others.
	 * @return the schemas by their names
	 */
	ObjectNode collect() {
		return this.builder.collectDefinitions("components/schemas");
	}

	// What is converted to another type need not be JSON.
	private static @Nullable JsonNode defaultValue(@Nullable String text, ObjectNode schema) {
		if (text == null || schema.path("type").asString("string").equals("string")) {
			return (text != null) ? StringNode.valueOf(text) : null;
		}
		try {
			JsonNode value = JsonMapper.shared().readTree(text);
			return value.isMissingNode() ? null : value;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	// Beside a reference, draft 7 ignores everything.
	private static ObjectNode constrained(ObjectNode schema, List<Annotation> annotations) {
		ObjectNode constraints = ParameterConstraints.of(annotations);
		if (constraints.isEmpty()) {
			return schema;
		}
		String type = schema.path("type").asString("");
		if (!type.isEmpty()) {
			constraints
				.remove(type.equals("array") ? List.of("minLength", "maxLength") : List.of("minItems", "maxItems"));
			return schema.setAll(constraints);
		}
		ObjectNode both = JsonNodeFactory.instance.objectNode();
		both.putArray("allOf").add(schema).add(constraints);
		return both;
	}

	// Not 'oneOf': what is not restricted is null too.
	private static ObjectNode orNull(ObjectNode schema) {
		if (schema.path("type").isString() && !schema.has("enum")) {
			String type = schema.get("type").asString();
			schema.putArray("type").add(type).add("null");
			return schema;
		}
		ObjectNode either = JsonNodeFactory.instance.objectNode();
		either.putArray("anyOf").add(schema).add(JsonNodeFactory.instance.objectNode().put("type", "null"));
		return either;
	}

}
