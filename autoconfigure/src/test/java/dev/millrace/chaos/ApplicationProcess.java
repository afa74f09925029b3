package dev.millrace.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import static org.awaitility.Awaitility.await;

/**
 * {@link ChaosApplication} in a process of its own. Used by one thread.
 */
final class ApplicationProcess {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final List<Interval> pauses = new ArrayList<>();

	private final String instance;

	private final Path log;

	private final Path output;

	private final Process process;

	private Process pause;

	private Long killed;

	private Long exited;

	private ApplicationProcess(String instance, Path directory, List<String> command) throws IOException {
		this.instance = instance;
		this.log = directory.resolve(instance + ".log");
		this.output = directory.resolve(instance + ".out");
		List<String> all = new ArrayList<>(command);
		all.set(command.indexOf("LOG"), this.log.toString());
		ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(this.output.toFile());
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		this.process = builder.start();
	}

	/**
	 * Start a process and don't wait for it.
	 * @param instance its name
	 * @param directory where it writes
	 * @param bootstrapServers the brokers
	 * @param arguments its arguments, each as {@code --name=value}
	 * @return the process
	 */
	static ApplicationProcess start(String instance, Path directory, String bootstrapServers, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", ChaosApplication.class.getName(), bootstrapServers, "LOG"));
		command.addAll(arguments);
		try {
			return new ApplicationProcess(instance, directory, command);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String instance() {
		return this.instance;
	}

	/**
	 * Return when it was killed.
	 * @return the time, or {@code null}
	 */
	Long killed() {
		return this.killed;
	}

	/**
	 * Return when it was seen to have ended.
	 * @return the time, or {@code null}
	 */
	Long exited() {
		return this.exited;
	}

	List<Interval> pauses() {
		return this.pauses;
	}

	boolean isReady() {
		checkAlive();
		return this.log.toFile().length() > 0;
	}

	void awaitReady() {
		await(this.instance).atMost(PATIENCE).until(this::isReady);
	}

	boolean isPaused() {
		return this.pause != null && this.pause.isAlive();
	}

	/**
	 * Make the process stand still. It goes on even if this JVM does not live that long.
	 * @param length for how long
	 */
	void pause(Duration length) {
		checkAlive();
		long now = System.nanoTime();
		this.pauses.add(new Interval(now, now + length.toNanos()));
		this.pause = run("kill -STOP %1$d; sleep %2$s; kill -CONT %1$d", length);
	}

	void kill() {
		checkAlive();
		this.killed = System.nanoTime();
		this.process.destroyForcibly();
		awaitExit();
	}

	/**
	 * Ask the process to end in order, as an operator would.
	 */
	void terminate() {
		awaitReady();
		// Not by the process itself, which would close its input too.
		this.process.toHandle().destroy();
	}

	void awaitExit() {
		await(this.instance + " ends").atMost(PATIENCE).until(() -> !this.process.isAlive());
		this.exited = System.nanoTime();
	}

	void discard() {
		this.process.destroyForcibly().onExit().join();
	}

	/**
	 * Read what the process has written, without the piece of a line that a killed one
	 * may have left at the end.
	 * @return what the process has written
	 */
	Life life() {
		try {
			String text = Files.readString(this.log);
			return Life.parse(this.instance, text.substring(0, text.lastIndexOf('\n') + 1).lines()::iterator);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void checkAlive() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException(
					"%s has ended by itself, see %s".formatted(this.instance, this.output.getFileName()));
		}
	}

	private Process run(String script, Duration length) {
		String seconds = String.format(Locale.ROOT, "%.3f", length.toMillis() / 1000.0);
		try {
			return new ProcessBuilder("sh", "-c", script.formatted(this.process.pid(), seconds)).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
