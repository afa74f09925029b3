package dev.millrace.handler;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.millrace.annotation.Path;

/**
 * Binds a variable of the name of the record's topic.
 */
final class PathArgumentResolver implements ArgumentResolver {

	private final TopicPaths paths;

	private final BytesConverter converter;

	PathArgumentResolver(TopicPaths paths, BytesConverter converter) {
		this.paths = paths;
		this.converter = converter;
	}

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		Path path = parameter.annotation(Path.class);
		if (path == null) {
			return null;
		}
		String name = name(parameter, path);
		Function<String, Object> conversion = this.converter.fromText(parameter.type());
		return new ParameterBinder(parameter, "path variable '" + name + "'", (record) -> {
			String value = this.paths.of(record.topic()).get(name);
			return (value != null) ? conversion.apply(value) : null;
		});
	}

	private String name(HandlerParameter parameter, Path path) {
		String given = parameter.resolve(path.value());
		String name = given.isEmpty() ? parameter.name() : given;
		if (name == null) {
			throw parameter.unsupported("takes a path variable without a name.",
					"Name the variable, @Path(\"...\"), or compile with '-parameters'.");
		}
		if (!this.paths.variables().contains(name)) {
			throw parameter.unsupported(
					"takes the path variable '" + name + "', but "
							+ (this.paths.variables().isEmpty() ? "its subscriber names no template."
									: "there are only " + this.paths.variables() + "."),
					"Give the subscriber a topic such as 'logs.{" + name + "}', or correct the name.");
		}
		return name;
	}

}
