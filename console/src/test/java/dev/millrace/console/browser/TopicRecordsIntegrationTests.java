package dev.millrace.console.browser;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records of a topic, as the page <em>Topics</em> asks for them.
 */
@ConsoleTest
@Timeout(60)
class TopicRecordsIntegrationTests {

	private static final long BEGAN = Instant.now().toEpochMilli() - 100_000;

	private static boolean sent;

	private final HttpClient client = HttpClient.newHttpClient();

	private final JsonMapper mapper = new JsonMapper();

	@Autowired
	private KafkaTemplate<String, String> template;

	@Autowired
	private KafkaAdmin admin;

	@Value("${local.server.port}")
	private int port;

	@BeforeEach
	void send() {
		if (!sent) {
			IntStream.range(0, 60)
				.forEach((number) -> this.template.send(new ProducerRecord<>("paged", number % 2,
						BEGAN + number * 1000L, "key", ((number % 3 == 0) ? "third " : "other ") + number)));
			this.template.flush();
			sent = true;
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "start=newest", "start=oldest", "start=newest&text=THIRD", "start=oldest&text=third",
			"start=newest&partition=1", "start=offset&offset=10" })
	void pagesHaveEachRecordOnceAndInOrder(String query) {
		List<Integer> numbers = new ArrayList<>();
		String after = "";
		do {
			JsonNode page = get("topics/records?topic=paged&limit=7&" + query + "&after=" + encode(after)).body();
			page.at("/records").forEach((record) -> numbers.add(number(record)));
			after = page.at("/next").asString("");
		}
		while (!after.isEmpty());

		List<Integer> expected = IntStream.range(0, 60)
			.filter((number) -> !query.contains("text") || number % 3 == 0)
			.filter((number) -> !query.contains("partition") || number % 2 == 1)
			.filter((number) -> !query.contains("offset") || number >= 20)
			.boxed()
			.toList();
		assertThat(numbers).containsExactlyInAnyOrderElementsOf(expected);
		if (!query.contains("text")) {
			assertThat(numbers)
				.isSortedAccordingTo((one, other) -> query.contains("newest") ? other - one : one - other);
		}
	}

	@Test
	void timeIsThatOfTheFirstRecord() {
		Instant time = Instant.ofEpochMilli(BEGAN + 49_500);

		JsonNode page = get("topics/records?topic=paged&start=time&time=" + time).body();

		assertThat(page.at("/records").valueStream().map(TopicRecordsIntegrationTests::number)).containsExactly(50, 51,
				52, 53, 54, 55, 56, 57, 58, 59);
		assertThat(page.at("/next").isNull()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "newest", "oldest" })
	void rareRecordIsFoundFarAway(String start) {
		this.template.send("paged-long", "key", "needle one of " + start);
		IntStream.range(0, 2500).forEach((number) -> this.template.send("paged-long", "key", "hay"));
		this.template.send("paged-long", "key", "needle two of " + start);
		this.template.flush();

		JsonNode page = get("topics/records?topic=paged-long&limit=2&text=of%20" + start + "&start=" + start).body();

		assertThat(page.at("/late").asBoolean()).isFalse();
		assertThat(page.at("/read").asLong()).isGreaterThan(2500);
		assertThat(page.at("/records").valueStream().map((record) -> record.at("/value/text").asString()))
			.containsExactlyInAnyOrder("needle one of " + start, "needle two of " + start);
	}

	@Test
	void recordIsThereAsAWhole() {
		String value = "x".repeat(100_000);
		long offset = this.template.send("paged-long", "key", value).join().getRecordMetadata().offset();

		JsonNode brief = get("topics/records?topic=paged-long&limit=1").body().at("/records/0");
		assertThat(brief.at("/value/cut").asBoolean()).isTrue();
		assertThat(brief.at("/value/size").asInt()).isEqualTo(100_000);
		String place = "topics/record?topic=paged-long&partition=0&offset=";
		assertThat(get(place + offset).body().at("/value/text").asString()).isEqualTo(value);
		assertThat(get(place + (offset + 1)).status()).isEqualTo(404);
	}

	@Test
	void whatMakesNoSenseIsRefused() {
		assertThat(get("topics/records?topic=__consumer_offsets").status()).isEqualTo(400);
		assertThat(get("topics/records?topic=__consumer_offsets").body().at("/detail").asString())
			.contains("no topic '__consumer_offsets'");
		assertThat(get("topics/records?topic=paged&partition=7").body().at("/detail").asString())
			.contains("no partition 7");
		assertThat(get("topics/records?topic=paged&limit=201").body().at("/detail").asString()).contains("200");
		assertThat(get("topics/records?topic=paged&start=offset").body().at("/detail").asString()).contains("offset");
		assertThat(get("topics/records?topic=paged&start=time&time=noon").status()).isEqualTo(400);
		assertThat(get("topics/records?topic=paged&after=x").status()).isEqualTo(400);
	}

	@Test
	void nothingIsLeftOfALook() throws Exception {
		get("topics/records?topic=paged");
		try (Admin admin = Admin.create(this.admin.getConfigurationProperties())) {
			assertThat(admin.listGroups().all().get()).extracting((group) -> group.groupId())
				.isNotEmpty()
				.allMatch((group) -> group.startsWith("shop."));
		}
	}

	private static int number(JsonNode record) {
		return Integer.parseInt(record.at("/value/text").asString().replaceAll("\\D+", ""));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private Answer get(String path) {
		try {
			HttpResponse<String> response = this.client
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/app/millrace/api/" + path))
					.build(), HttpResponse.BodyHandlers.ofString());
			return new Answer(response.statusCode(), this.mapper.readTree(response.body()));
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Answer of the console.
	 *
	 * @param status the status
	 * @param body the body
	 */
	private record Answer(int status, JsonNode body) {

	}

}
