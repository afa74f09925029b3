package dev.millrace.codectests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/**
 * Apicurio Registry in a process of its own, with its storage in memory.
 */
final class RegistryProcess implements AutoCloseable {

	private final Process process;

	private final int port;

	private RegistryProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static RegistryProcess start() {
		Path directory = Path.of(System.getProperty("registry.directory", "target/registry"));
		try (Stream<Path> files = Files.list(directory); ServerSocket free = new ServerSocket(0)) {
			Path jar = files.filter((file) -> file.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
			int port = free.getLocalPort();
			free.close();
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx256m", "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port, "-jar",
					jar.toAbsolutePath().toString())
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("registry-" + port + ".log").toFile())
				.start();
			RegistryProcess registry = new RegistryProcess(process, port);
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(registry::answers);
			return registry;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.port;
	}

	String url() {
		return url(this.port);
	}

	static String url(int port) {
		return "http://127.0.0.1:" + port + "/apis/registry/v3";
	}

	/**
	 * The schemas that are registered.
	 * @return the answer of the registry
	 */
	String artifacts() {
		return get("/search/artifacts").body();
	}

	@Override
	public void close() {
		this.process.destroy();
	}

	private boolean answers() {
		return get("/system/info").statusCode() == 200;
	}

	private HttpResponse<String> get(String path) {
		try {
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(5)).build(),
						HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
