package dev.millrace.asyncapi;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.github.victools.jsonschema.generator.Module;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.TypeContext;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JsonSubTypesResolver;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which types stand for another one, and how their values say what they are. The mapper
 * is asked, because it knows more than annotations: what a sealed type permits, and what
 * was registered.
 */
final class Subtypes implements Module {

	private final SerializationConfig config;

	Subtypes(JsonMapper mapper) {
		this.config = mapper.serializationConfig();
	}

	@Override
	public void applyToConfigBuilder(SchemaGeneratorConfigBuilder builder) {
		builder.forTypesInGeneral()
			.withSubtypeResolver(this::alternatives)
			.withTypeAttributeOverride(this::describeValues);
		JsonSubTypesResolver ofMembers = new JsonSubTypesResolver(Set.of(JacksonOption.INLINE_TRANSFORMED_SUBTYPES));
		builder.forFields()
			.withTargetTypeOverridesResolver(ofMembers::findTargetTypeOverrides)
			.withCustomDefinitionProvider(ofMembers::provideCustomPropertySchemaDefinition);
		builder.forMethods()
			.withTargetTypeOverridesResolver(ofMembers::findTargetTypeOverrides)
			.withCustomDefinitionProvider(ofMembers::provideCustomPropertySchemaDefinition);
	}

	private @Nullable List<ResolvedType> alternatives(ResolvedType type, SchemaGenerationContext context) {
		AnnotatedClass annotated = annotated(type.getErasedType());
		boolean known = typeInfo(annotated) != null
				|| this.config.getAnnotationIntrospector().findSubtypes(this.config, annotated) != null;
		return (known && isAbstract(type.getErasedType())) ? subtypes(type, annotated, context.getTypeContext()) : null;
	}

	// Only here is the schema of the type known by its name, so that it may contain
	// itself.
	private void describeValues(ObjectNode schema, TypeScope scope, SchemaGenerationContext context) {
		Class<?> raw = scope.getType().getErasedType();
		if (!schema.path("type").asString("").equals("object") || isAbstract(raw)) {
			return;
		}
		AnnotatedClass annotated = annotated(raw);
		JsonTypeInfo.Value info = typeInfo(annotated);
		if (info == null) {
			return;
		}
		String id = id(raw, annotated, info);
		if (id != null) {
			addId(schema, id, info, raw == info.getDefaultImpl());
		}
		List<ResolvedType> subtypes = subtypes(scope.getType(), annotated, context.getTypeContext());
		if (!subtypes.isEmpty()) {
			ObjectNode own = moved(schema);
			schema.putArray("anyOf")
				.add(own)
				.addAll(subtypes.stream().map(context::createDefinitionReference).toList());
		}
	}

	private static void addId(ObjectNode schema, String id, JsonTypeInfo.Value info, boolean byDefault) {
		switch (info.getInclusionType()) {
			case WRAPPER_OBJECT -> {
				ObjectNode own = moved(schema);
				schema.put("type", "object").putObject("properties").set(id, own);
				schema.putArray("required").add(id);
			}
			case WRAPPER_ARRAY -> {
				ObjectNode own = moved(schema);
				schema.put("type", "array")
					.putArray("items")
					.add(Json.object().put("type", "string").put("const", id))
					.add(own);
			}
			default -> {
				schema.withObjectProperty("properties").putObject(info.getPropertyName()).put("const", id);
				if (!byDefault && !isRequired(schema, info.getPropertyName())) {
					schema.withArrayProperty("required").add(info.getPropertyName());
				}
			}
		}
	}

	private static boolean isRequired(ObjectNode schema, String property) {
		return schema.path("required").valueStream().anyMatch((name) -> name.asString().equals(property));
	}

	// The nodes themselves, because references in them are not filled in yet.
	private static ObjectNode moved(ObjectNode schema) {
		ObjectNode moved = Json.object().setAll(schema);
		schema.removeAll();
		return moved;
	}

	private List<ResolvedType> subtypes(ResolvedType type, AnnotatedClass annotated, TypeContext context) {
		Class<?> raw = type.getErasedType();
		return known(annotated).stream()
			.map(NamedType::getType)
			.filter((subtype) -> subtype != raw && raw.isAssignableFrom(subtype) && !isAbstract(subtype))
			.sorted(Comparator.comparing(Class::getName))
			.map((subtype) -> resolve(type, subtype, context))
			.toList();
	}

	private static ResolvedType resolve(ResolvedType type, Class<?> subtype, TypeContext context) {
		try {
			return context.resolveSubtype(type, subtype);
		}
		catch (IllegalArgumentException ex) {
			return context.resolve(subtype);
		}
	}

	private @Nullable String id(Class<?> type, AnnotatedClass annotated, JsonTypeInfo.Value info) {
		return switch (info.getIdType()) {
			case NAME -> name(type, annotated, type.getName().substring(type.getName().lastIndexOf('.') + 1));
			case SIMPLE_NAME -> name(type, annotated, type.getSimpleName());
			case CLASS -> type.getName();
			default -> null;
		};
	}

	private String name(Class<?> type, AnnotatedClass annotated, String otherwise) {
		return known(annotated).stream()
			.filter((named) -> named.getType() == type && named.hasName())
			.map(NamedType::getName)
			.findFirst()
			.orElse(otherwise);
	}

	private Collection<NamedType> known(AnnotatedClass annotated) {
		return this.config.getSubtypeResolver().collectAndResolveSubtypesByClass(this.config, annotated);
	}

	private JsonTypeInfo.@Nullable Value typeInfo(AnnotatedClass annotated) {
		return this.config.getAnnotationIntrospector().findPolymorphicTypeInfo(this.config, annotated);
	}

	private AnnotatedClass annotated(Class<?> type) {
		return this.config.classIntrospectorInstance().introspectClassAnnotations(this.config.constructType(type));
	}

	private static boolean isAbstract(Class<?> type) {
		return Modifier.isAbstract(type.getModifiers());
	}

}
