package dev.millrace.asyncapi;

import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Properties of beans under the names by which the mapper reads and writes them, with its
 * naming strategy and everything that Jackson's annotations say.
 */
final class BeanProperties {

	private final JsonMapper mapper;

	private final Map<Class<?>, Map<String, BeanPropertyDefinition>> cache = new HashMap<>();

	BeanProperties(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Return the property of a field.
	 * @param type the class, which may inherit the field
	 * @param field the name of the field
	 * @return the property, or {@code null} when the field is none
	 */
	@Nullable BeanPropertyDefinition ofField(Class<?> type, String field) {
		return of(type).get(field);
	}

	/**
	 * Return the property that a method is the only access to.
	 * @param type the class, which may inherit the method
	 * @param method the method
	 * @return the property, or {@code null} when there is none, or a field of it too
	 */
	@Nullable BeanPropertyDefinition ofGetter(Class<?> type, Member method) {
		for (BeanPropertyDefinition property : of(type).values()) {
			AnnotatedMethod getter = property.getGetter();
			if (getter != null && getter.getName().equals(method.getName()) && !hasField(type, property)) {
				return property;
			}
		}
		return null;
	}

	/**
	 * Return the type of what is written in place of a bean.
	 * @param type the bean
	 * @return the type of its {@code @JsonValue}, or {@code null} when it has none
	 */
	@Nullable JavaType valueOf(Type type) {
		AnnotatedMember value = describe(this.mapper.constructType(type)).findJsonValueAccessor();
		return (value != null) ? value.getType() : null;
	}

	private static boolean hasField(Class<?> type, BeanPropertyDefinition property) {
		return Stream.<Class<?>>iterate(type, (each) -> each != null, Class::getSuperclass)
			.flatMap((each) -> Stream.of(each.getDeclaredFields()))
			.anyMatch((field) -> field.getName().equals(property.getInternalName()));
	}

	private Map<String, BeanPropertyDefinition> of(Class<?> type) {
		return this.cache.computeIfAbsent(type, this::read);
	}

	// What is written counts more than what is read; what is only read is added.
	private Map<String, BeanPropertyDefinition> read(Class<?> type) {
		Map<String, BeanPropertyDefinition> properties = new HashMap<>();
		JavaType javaType = this.mapper.constructType(type);
		written(javaType).forEach((property) -> properties.put(property.getInternalName(), property));
		readable(javaType).forEach((property) -> properties.putIfAbsent(property.getInternalName(), property));
		return properties;
	}

	private List<BeanPropertyDefinition> written(JavaType type) {
		return describe(type).findProperties()
			.stream()
			.filter((property) -> property.hasGetter() || property.getField() != null)
			.toList();
	}

	private BeanDescription describe(JavaType type) {
		ClassIntrospector introspector = introspector(this.mapper.serializationConfig());
		return introspector.introspectForSerialization(type, introspector.introspectClassAnnotations(type));
	}

	private List<BeanPropertyDefinition> readable(JavaType type) {
		ClassIntrospector introspector = introspector(this.mapper.deserializationConfig());
		return introspector.introspectForDeserialization(type, introspector.introspectClassAnnotations(type))
			.findProperties()
			.stream()
			.filter(BeanPropertyDefinition::couldDeserialize)
			.toList();
	}

	private static ClassIntrospector introspector(MapperConfig<?> config) {
		return config.classIntrospectorInstance();
	}

}
