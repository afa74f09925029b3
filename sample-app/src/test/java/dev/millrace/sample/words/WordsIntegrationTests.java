package dev.millrace.sample.words;

import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

import dev.millrace.sample.SampleClient;
import dev.millrace.sample.SampleTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SampleTest
class WordsIntegrationTests {

	@Autowired
	private SampleClient client;

	@Test
	void countsWordsFromHttpAndFromKafka() throws Exception {
		assertThat(this.client.postText("/lines", "Row, row, row your boat").getStatusCode())
			.isEqualTo(HttpStatus.ACCEPTED);
		this.client.publish(new ProducerRecord<>("lines", "gently down the stream, row!"));

		await().untilAsserted(() -> assertThat(counts()).containsEntry("row", 4L)
			.containsEntry("boat", 1L)
			.containsEntry("stream", 1L));
	}

	@Test
	void publishesTheWordsOfLineAsJsonArray() throws Exception {
		this.client.publish(new ProducerRecord<>("lines", "poem", "Merrily, merrily"));

		ConsumerRecord<String, String> words = this.client.receive("words", (record) -> "poem".equals(record.key()));
		assertThat(words.value()).isEqualTo("[\"merrily\",\"merrily\"]");
		assertThat(SampleClient.header(words, "content-type")).isEqualTo("application/json");
	}

	private Map<String, Long> counts() {
		Map<String, Long> counts = new TreeMap<>();
		this.client.getJson("/words?limit=1000")
			.forEach((count) -> counts.put(count.get("word").asString(), count.get("count").asLong()));
		return counts;
	}

}
