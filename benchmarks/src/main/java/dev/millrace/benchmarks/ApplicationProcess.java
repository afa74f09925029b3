package dev.millrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.millrace.benchmarks.workload.Output;

/**
 * Application under measurement, in a JVM of its own. It prints one line with its result
 * and ends at the latest when its input does.
 */
final class ApplicationProcess implements AutoCloseable {

	private static final int MINUTES = 5;

	private final Process process;

	private ApplicationProcess(Process process) {
		this.process = process;
	}

	static ApplicationProcess start(Jdk jdk, Program program, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(jdk.java().toString(), "-Xms1g", "-Xmx1g"));
		command.addAll(List.of(System.getProperty("benchmarks.options", "").split(" ")));
		command.removeIf(String::isEmpty);
		command.addAll(program.main());
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().put("CLASSPATH", program.classPath());
		try {
			Process process = builder.start();
			// One that hangs must not hold up the others.
			CompletableFuture.delayedExecutor(MINUTES, TimeUnit.MINUTES).execute(process::destroyForcibly);
			return new ApplicationProcess(process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * End the application's input, which tells one that runs for ever to end.
	 */
	void endInput() {
		try {
			this.process.getOutputStream().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Wait for the result; what else the application prints is passed on.
	 * @return the values by their names
	 */
	Map<String, Double> result() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				Optional<Map<String, Double>> result = Output.parse(line);
				if (result.isPresent()) {
					return result.get();
				}
				System.err.println(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new IllegalStateException("The application ended without a result");
	}

	// Not with onExit(), which completes in the common pool: on a machine with two
	// processors that has one thread, and a task that blocks there holds it up.
	void awaitExit() {
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Kill the application like a machine that fails.
	 */
	@Override
	public void close() {
		this.process.destroyForcibly();
		awaitExit();
	}

}
