package dev.millrace.asyncapi;

import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.core.annotation.AnnotationUtils;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Constraints of Bean Validation on parameters as keywords of JSON Schema. Annotations
 * are known by their names, because Bean Validation may be absent.
 */
final class ParameterConstraints {

	private static final String PACKAGE = "jakarta.validation.constraints.";

	private static final Set<String> REQUIRED = Set.of("NotNull", "NotBlank", "NotEmpty");

	private ParameterConstraints() {
	}

	static boolean areRequired(List<Annotation> annotations) {
		return annotations.stream().anyMatch((annotation) -> REQUIRED.contains(constraint(annotation)));
	}

	static ObjectNode of(List<Annotation> annotations) {
		ObjectNode schema = JsonNodeFactory.instance.objectNode();
		annotations.forEach((annotation) -> add(constraint(annotation),
				AnnotationUtils.getAnnotationAttributes(null, annotation), schema));
		return schema;
	}

	private static String constraint(Annotation annotation) {
		String name = annotation.annotationType().getName();
		return name.startsWith(PACKAGE) ? name.substring(PACKAGE.length()) : "";
	}

	private static void add(String constraint, Map<String, Object> attributes, ObjectNode schema) {
		switch (constraint) {
			case "NotBlank" -> schema.put("minLength", 1);
			case "NotEmpty" -> schema.put("minLength", 1).put("minItems", 1);
			case "Size" -> addSize(attributes, schema);
			case "Min" -> schema.put("minimum", (Long) attributes.get("value"));
			case "Max" -> schema.put("maximum", (Long) attributes.get("value"));
			case "DecimalMin" -> addLimit(attributes, "minimum", "exclusiveMinimum", schema);
			case "DecimalMax" -> addLimit(attributes, "maximum", "exclusiveMaximum", schema);
			case "Positive" -> schema.put("exclusiveMinimum", 0);
			case "PositiveOrZero" -> schema.put("minimum", 0);
			case "Negative" -> schema.put("exclusiveMaximum", 0);
			case "NegativeOrZero" -> schema.put("maximum", 0);
			case "Pattern" -> schema.put("pattern", "^(?:" + attributes.get("regexp") + ")$");
			case "Email" -> schema.put("format", "email");
			default -> {
			}
		}
	}

	private static void addLimit(Map<String, Object> attributes, String inclusive, String exclusive,
			ObjectNode schema) {
		schema.put(Boolean.TRUE.equals(attributes.get("inclusive")) ? inclusive : exclusive,
				new BigDecimal(String.valueOf(attributes.get("value"))));
	}

	// Of text and of a list alike: the keywords of the other are without effect.
	private static void addSize(Map<String, Object> attributes, ObjectNode schema) {
		int min = (Integer) attributes.getOrDefault("min", 0);
		int max = (Integer) attributes.getOrDefault("max", Integer.MAX_VALUE);
		if (min > 0) {
			schema.put("minLength", min).put("minItems", min);
		}
		if (max < Integer.MAX_VALUE) {
			schema.put("maxLength", max).put("maxItems", max);
		}
	}

}
