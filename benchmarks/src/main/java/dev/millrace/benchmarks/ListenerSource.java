package dev.millrace.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.springframework.kafka.annotation.KafkaListener;

import dev.millrace.annotation.StreamSubscriber;

/**
 * Source of a class with many annotated methods, each of which reads a topic of its own:
 * the same class for all frameworks but for the annotation.
 *
 * @param kind the framework
 * @param methods the number of methods
 * @param sharedGroup whether all are in one group, else each is in a group of its own
 */
record ListenerSource(Kind kind, int methods, boolean sharedGroup) {

	static String topic(int method) {
		return "start-" + method;
	}

	ListenerSource withKind(Kind kind) {
		return new ListenerSource(kind, this.methods, this.sharedGroup);
	}

	ListenerSource withMethods(int methods) {
		return new ListenerSource(this.kind, methods, this.sharedGroup);
	}

	String describe() {
		return "%s, %d, %s".formatted(this.kind.label, this.methods, describeGroup());
	}

	String describeKind() {
		return "%s, %s".formatted(this.kind.label, describeGroup());
	}

	String className() {
		return "%sListeners%d%s".formatted(
				this.kind.name().charAt(0) + this.kind.name().substring(1).toLowerCase(Locale.ROOT), this.methods,
				this.sharedGroup ? "Shared" : "Own");
	}

	/**
	 * Compile the class.
	 * @param directory where to put it
	 */
	void compileTo(Path directory) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		List<String> options = List.of("-d", directory.toString(), "-parameters", "-proc:none", "-classpath",
				System.getProperty("java.class.path"));
		if (compiler == null || !compiler.getTask(null, null, null, options, null, List.of(file())).call()) {
			throw new IllegalStateException("Could not compile " + className());
		}
	}

	private String describeGroup() {
		return this.sharedGroup ? "one group" : "own groups";
	}

	private JavaFileObject file() {
		String source = IntStream.range(0, this.methods)
			.mapToObj(this::method)
			.collect(Collectors.joining("", "public class " + className() + " {\n", "}\n"));
		return new SimpleJavaFileObject(URI.create("string:///" + className() + ".java"), JavaFileObject.Kind.SOURCE) {

			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return source;
			}

		};
	}

	private String method(int number) {
		return """
				@%s(topics = "%s", groupId = "${benchmark.group}%s")
				public void handle%d(String body) {
				}
				""".formatted(this.kind.annotation.getName(), topic(number), this.sharedGroup ? "" : "." + number,
				number);
	}

	/**
	 * The frameworks.
	 */
	enum Kind {

		/** Plain spring-kafka, the baseline. */
		PLAIN("@KafkaListener", KafkaListener.class),

		/** Millrace. */
		MILLRACE("Millrace", StreamSubscriber.class);

		private final String label;

		private final Class<?> annotation;

		Kind(String label, Class<?> annotation) {
			this.label = label;
			this.annotation = annotation;
		}

	}

}
