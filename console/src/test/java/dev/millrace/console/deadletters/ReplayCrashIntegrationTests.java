package dev.millrace.console.deadletters;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.EmbeddedBroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The application is killed in the middle of a replay that the console has begun. The
 * next one goes on with it: nothing is lost, nothing is doubled.
 */
@Timeout(180)
class ReplayCrashIntegrationTests {

	private static final int FAILED = 600;

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private final HttpClient client = HttpClient.newHttpClient();

	private final JsonMapper mapper = new JsonMapper();

	private final EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults().withPort(0));

	private final List<Process> processes = new ArrayList<>();

	@AfterEach
	void stop() {
		this.processes.forEach(Process::destroyForcibly);
		this.broker.close();
	}

	@Test
	void deathInTheMiddleLosesAndDoublesNothing() throws Exception {
		Console first = start(true);
		send();
		await().atMost(LONG).until(() -> first.open() == FAILED);
		first.replay("{\"subscriber\": \"shipments\", \"rate\": 150}");
		await().atMost(LONG).until(() -> first.replayed() >= FAILED / 6);

		first.process().destroyForcibly().waitFor();

		Console second = start(false);
		long open = second.open();
		assertThat(open).as("open after the death").isBetween(1L, FAILED - FAILED / 6L);
		second.replay("{\"subscriber\": \"shipments\"}");
		await().atMost(LONG).until(() -> second.replays().get(0).at("/state").asString().equals("DONE"));
		assertThat(second.replayed()).isEqualTo(open);
		assertThat(second.open()).isZero();
		assertThat(second.get("dead-letters/log?subscriber=shipments")).hasSize(2);
		Map<String, Long> times = values().stream()
			.collect(Collectors.groupingBy((value) -> value, Collectors.counting()));
		assertThat(times).hasSize(FAILED).allSatisfy((value, often) -> assertThat(often).isEqualTo(2));
	}

	private void send() {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", this.broker.bootstrapServers()), new StringSerializer(),
				new StringSerializer())) {
			IntStream.range(0, FAILED)
				.forEach((number) -> producer
					.send(new ProducerRecord<>("shipments", "" + number, "shipment-" + number)));
		}
	}

	private Console start(boolean handling) throws IOException {
		File log = new File("target/replay-process-%s.log".formatted(handling ? "first" : "second"));
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), ReplayProcess.class.getName(), "--server.port=0",
				"--spring.application.name=depot", "--spring.main.banner-mode=off",
				"--spring.kafka.bootstrap-servers=" + this.broker.bootstrapServers(),
				"--millrace.embedded-broker.enabled=false", "--handling=" + handling,
				"--logging.level.org.springframework.boot.tomcat=info")
			.redirectOutput(log)
			.redirectErrorStream(true)
			.start();
		this.processes.add(process);
		int port = await().atMost(LONG).until(() -> {
			Matcher started = PORT.matcher(Files.readString(log.toPath()));
			return started.find() ? Integer.parseInt(started.group(1)) : 0;
		}, (found) -> found > 0);
		return new Console(process, "http://localhost:" + port + "/millrace/api/");
	}

	private List<String> values() {
		List<String> values = new ArrayList<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers",
				this.broker.bootstrapServers(), "isolation.level", "read_committed", "fetch.max.wait.ms", 0),
				new StringDeserializer(), new StringDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor("shipments")
				.stream()
				.map((info) -> new TopicPartition(info.topic(), info.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				consumer.poll(Duration.ofMillis(200)).forEach((record) -> values.add(record.value()));
			}
		}
		return values;
	}

	/**
	 * Console of one process.
	 */
	private final class Console {

		private final Process process;

		private final String address;

		Console(Process process, String address) {
			this.process = process;
			this.address = address;
		}

		Process process() {
			return this.process;
		}

		long open() {
			return get("dead-letters/groups?subscriber=shipments").valueStream()
				.mapToLong((group) -> group.at("/open").asLong())
				.sum();
		}

		JsonNode replays() {
			return get("dead-letters/replays");
		}

		long replayed() {
			return replays().at("/0/replayed").asLong();
		}

		void replay(String order) {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.address + "dead-letters/replay"))
				.POST(HttpRequest.BodyPublishers.ofString(order));
			get("session").at("/headers")
				.properties()
				.forEach((header) -> request.header(header.getKey(), header.getValue().asString()));
			send(request);
		}

		JsonNode get(String path) {
			return send(HttpRequest.newBuilder(URI.create(this.address + path)));
		}

		private JsonNode send(HttpRequest.Builder request) {
			try {
				HttpResponse<String> response = ReplayCrashIntegrationTests.this.client.send(request.build(),
						HttpResponse.BodyHandlers.ofString());
				assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
				return ReplayCrashIntegrationTests.this.mapper.readTree(response.body());
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
