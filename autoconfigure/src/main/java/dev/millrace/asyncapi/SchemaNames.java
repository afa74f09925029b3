package dev.millrace.asyncapi;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;

/**
 * Names of schemas: {@code Order}, {@code PageOfOrder}. Where two classes have the same
 * simple name both have longer ones, so that neither depends on which came first.
 */
final class SchemaNames implements SchemaDefinitionNamingStrategy {

	@Override
	public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
		return name(key.getType(), Class::getSimpleName);
	}

	@Override
	public void adjustDuplicateNames(Map<DefinitionKey, String> names, SchemaGenerationContext context) {
		names.replaceAll((key, name) -> name(key.getType(), SchemaNames::withEnclosing));
		if (new HashSet<>(names.values()).size() < names.size()) {
			names.replaceAll((key, name) -> name(key.getType(), Class::getName));
		}
		if (new HashSet<>(names.values()).size() < names.size()) {
			SchemaDefinitionNamingStrategy.super.adjustDuplicateNames(names, context);
		}
	}

	private static String withEnclosing(Class<?> type) {
		return type.getName().substring(type.getPackageName().isEmpty() ? 0 : type.getPackageName().length() + 1);
	}

	private static String name(ResolvedType type, Function<Class<?>, String> names) {
		StringBuilder name = new StringBuilder(
				names.apply(type.getErasedType()).replace("[]", "Array").replaceAll("[^a-zA-Z0-9._-]", "."));
		List<ResolvedType> parameters = type.getTypeParameters();
		for (int i = 0; i < parameters.size(); i++) {
			name.append((i == 0) ? "Of" : "And").append(name(parameters.get(i), names));
		}
		return name.toString();
	}

}
