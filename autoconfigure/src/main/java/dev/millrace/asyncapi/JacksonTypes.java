package dev.millrace.asyncapi;

import java.lang.reflect.Type;
import java.util.HashSet;
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
import com.github.victools.jsonschema.generator.TypeContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Nullness;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JavaType;
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

	private final Set<ResolvedType> values = new HashSet<>();

	JacksonTypes(JsonMapper mapper) {
		this.scalars = new ScalarTypes(mapper);
		this.properties = new BeanProperties(mapper);
	}

	@Override
	public void applyToConfigBuilder(SchemaGeneratorConfigBuilder builder) {
		builder.forTypesInGeneral().withCustomDefinitionProvider(this::definition);
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

	private @Nullable CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
		if (type.isInstanceOf(Map.class)) {
			return inline(map(type, context));
		}
		ObjectNode schema = this.scalars.schemaOf(javaType(type), type.getErasedType());
		if (schema == null) {
			schema = value(type, context);
		}
		return (schema != null) ? inline(schema) : null;
	}

	// A reference is filled in where it is, so that it may be within the schema only. A
	// value that contains itself has no name by which to refer to it.
	private @Nullable ObjectNode value(ResolvedType type, SchemaGenerationContext context) {
		JavaType value = this.properties.valueOf(javaType(type));
		if (value == null) {
			return null;
		}
		ObjectNode schema = Json.object();
		if (this.values.add(type)) {
			schema.putArray("allOf").add(context.createDefinitionReference(resolve(value, context.getTypeContext())));
			this.values.remove(type);
		}
		return schema;
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
		if (schema.has("pattern")) {
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

	private static ResolvedType resolve(JavaType type, TypeContext context) {
		return context.resolve(type.getRawClass(),
				type.getBindings()
					.getTypeParameters()
					.stream()
					.map((parameter) -> resolve(parameter, context))
					.toArray(Type[]::new));
	}

	private @Nullable BeanPropertyDefinition property(FieldScope field) {
		return this.properties.ofField(owner(field), field.getRawMember().getName());
	}

	private @Nullable BeanPropertyDefinition property(MethodScope method) {
		return (method.getArgumentCount() == 0) ? this.properties.ofGetter(owner(method), method.getRawMember()) : null;
	}

	// The type that is described, which may have inherited the member.
	private static Class<?> owner(MemberScope<?, ?> member) {
		return member.getDeclaringTypeMembers().allTypesAndOverrides().get(0).getType().getErasedType();
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
