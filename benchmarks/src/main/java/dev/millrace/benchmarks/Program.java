package dev.millrace.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process runs.
 *
 * @param main what tells the JVM where to begin: a main class or an executable jar
 * @param classPath the class path
 */
record Program(List<String> main, String classPath) {

	/**
	 * Return an application of this module.
	 * @param mainClass the main class
	 * @param further what its class path has beyond that of this JVM
	 * @return the program
	 */
	static Program of(Class<?> mainClass, Path... further) {
		List<String> entries = new ArrayList<>(List.of(System.getProperty("java.class.path")));
		List.of(further).forEach((path) -> entries.add(path.toString()));
		return new Program(List.of(mainClass.getName()), String.join(File.pathSeparator, entries));
	}

	/**
	 * Return an application of a module with a class path of its own, which the build has
	 * written into a file.
	 * @param module the name of the module's directory
	 * @param mainClass the name of the main class
	 * @return the program
	 */
	static Program ofModule(String module, String mainClass) {
		try {
			Path target = Path.of(module, "target");
			String dependencies = Files.readString(target.resolve("classpath")).strip();
			return new Program(List.of(mainClass),
					String.join(File.pathSeparator, target.resolve("classes").toString(), dependencies));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return an application that was built as an executable jar.
	 * @param jar the jar
	 * @return the program
	 */
	static Program ofJar(String jar) {
		return new Program(List.of("-jar", jar), jar);
	}

}
