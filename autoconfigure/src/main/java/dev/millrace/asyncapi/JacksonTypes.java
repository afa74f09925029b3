package dev.millrace.asyncapi;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.MethodScope;
import com.github.victools.jsonschema.generator.Module;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Nullness;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has the schema generator see types as the application's mapper does.
 */
final class JacksonTypes implements Module {

	private static final Set<Class<?>> OPTIONALS = Set.of(Optional.class, OptionalInt.class, OptionalLong.class,
			OptionalDouble.class);

	private final ScalarTypes scalars;

	private final BeanProperties properties;

	JacksonTypes(JsonMapper mapper) {
		this.scalars = new ScalarTypes(mapper);
		this.properties = new BeanProperties(mapper);
	}

	@Override
	public void applyToConfigBuilder(SchemaGeneratorConfigBuilder builder) {
		builder.forTypesInGeneral().withCustomDefinitionProvider(this::scalar);
		builder.forFields()
			.withIgnoreCheck((field) -> property(field) == null)
			.withPropertyNameOverrideResolver((field) -> name(property(field)))
			.withRequiredCheck((field) -> isRequired(field, property(field), nullness(field)))
			.withNullableCheck((field) -> isNullable(field, nullness(field)))
			.withInstanceAttributeOverride((schema, field, context) -> anchor(schema));
		builder.forMethods()
			.withIgnoreCheck((method) -> property(method) == null)
			.withPropertyNameOverrideResolver((method) -> name(property(method)))
			.withNullableCheck((method) -> isNullable(method, nullness(method)))
			.withReadOnlyCheck((method) -> true)
			.withInstanceAttributeOverride((schema, method, context) -> anchor(schema));
	}

	private @Nullable CustomDefinition scalar(ResolvedType type, SchemaGenerationContext context) {
		if (type.isInstanceOf(Map.class)) {
			return inline(map(type, context));
		}
		ObjectNode schema = this.scalars.schemaOf(javaType(type), type.getErasedType());
		return (schema != null) ? inline(schema) : null;
	}

	private static ObjectNode map(ResolvedType type, SchemaGenerationContext context) {
		ObjectNode schema = Json.object().put("type", "object");
		ResolvedType value = context.getTypeContext().getTypeParameterFor(type, Map.class, 1);
		if (value != null) {
			schema.set("additionalProperties", context.createDefinitionReference(value));
		}
		return schema;
	}

	private static CustomDefinition inline(ObjectNode schema) {
		return new CustomDefinition(schema, CustomDefinition.DefinitionType.INLINE,
				CustomDefinition.INCLUDING_ATTRIBUTES);
	}

	// Bean Validation matches all of the text, JSON Schema any part of it.
	private static void anchor(ObjectNode schema) {
		if (schema.has("pattern") && !schema.get("pattern").asString().startsWith("^")) {
			schema.put("pattern", "^(?:" + schema.get("pattern").asString() + ")$");
		}
	}

	private static Type javaType(ResolvedType type) {
		List<ResolvedType> parameters = type.getTypeParameters();
		Class<?> raw = type.getErasedType();
		return (parameters.isEmpty() || raw.getTypeParameters().length != parameters.size()) ? raw
				: ResolvableType
					.forClassWithGenerics(raw,
							parameters.stream()
								.map((parameter) -> ResolvableType.forType(javaType(parameter)))
								.toArray(ResolvableType[]::new))
					.getType();
	}

	private @Nullable BeanPropertyDefinition property(FieldScope field) {
		return this.properties.ofField(field.getRawMember().getDeclaringClass(), field.getRawMember().getName());
	}

	private @Nullable BeanPropertyDefinition property(MethodScope method) {
		return (method.getArgumentCount() == 0) ? this.properties.ofGetter(method.getRawMember()) : null;
	}

	private static @Nullable String name(@Nullable BeanPropertyDefinition property) {
		return (property != null) ? property.getName() : null;
	}

	private static Nullness nullness(FieldScope field) {
		return Nullness.forField(field.getRawMember());
	}

	private static Nullness nullness(MethodScope method) {
		return Nullness.forMethodReturnType(method.getRawMember());
	}

	private static boolean isRequired(MemberScope<?, ?> member, @Nullable BeanPropertyDefinition property,
			Nullness nullness) {
		return !isOptional(member) && (nullness == Nullness.NON_NULL || (property != null && property.isRequired())
				|| member.getDeclaredType().isPrimitive());
	}

	private static boolean isNullable(MemberScope<?, ?> member, Nullness nullness) {
		return !member.isFakeContainerItemScope() && (nullness == Nullness.NULLABLE || isOptional(member));
	}

	private static boolean isOptional(MemberScope<?, ?> member) {
		return OPTIONALS.contains(member.getDeclaredType().getErasedType());
	}

}
