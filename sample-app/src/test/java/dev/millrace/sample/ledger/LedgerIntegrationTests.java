package dev.millrace.sample.ledger;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import dev.millrace.sample.SampleClient;
import dev.millrace.sample.SampleTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SampleTest
class LedgerIntegrationTests {

	@Autowired
	private SampleClient client;

	@Test
	void balanceIsTheSumOfAllEvents() {
		assertThat(this.client.postJson("/ledger/alice/deposits", "{\"amount\":25.50}").getStatusCode())
			.isEqualTo(HttpStatus.ACCEPTED);
		awaitBalance("alice", "25.50");

		assertThat(this.client.postJson("/ledger/alice/withdrawals", "{\"amount\":0.05}").getStatusCode())
			.isEqualTo(HttpStatus.ACCEPTED);
		awaitBalance("alice", "25.45");
	}

	@Test
	void eventIsKeyedByAccountAndSaysItsType() {
		this.client.postJson("/ledger/bob/deposits", "{\"amount\":1.10}");

		ConsumerRecord<String, String> event = this.client.receive("ledger", (record) -> record.key().equals("bob"));
		assertThat(event.value()).isEqualTo("{\"type\":\"deposited\",\"amount\":1.10}");
	}

	@Test
	void takesEventsFromAnyKafkaClient() throws Exception {
		this.client.publish(new ProducerRecord<>("ledger", "carol", "{\"type\":\"deposited\",\"amount\":7}"));
		this.client.publish(new ProducerRecord<>("ledger", "carol", "{\"type\":\"withdrawn\",\"amount\":3}"));

		awaitBalance("carol", "4");
	}

	@Test
	void refusesWithdrawalThatExceedsTheBalance() {
		this.client.postJson("/ledger/dave/deposits", "{\"amount\":10}");
		awaitBalance("dave", "10");

		ResponseEntity<String> response = this.client.postJson("/ledger/dave/withdrawals", "{\"amount\":10.01}");

		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
		assertThat(response.getBody()).contains("The balance is only 10");
	}

	@Test
	void refusesAmountThatIsNotPositive() {
		ResponseEntity<String> response = this.client.postJson("/ledger/erin/deposits", "{\"amount\":-5}");

		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(response.getBody()).contains("amount must be greater than zero");
	}

	@Test
	void knowsNoAccountWithoutEvents() {
		assertThat(this.client.get("/ledger/nobody").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	private void awaitBalance(String account, String balance) {
		await().untilAsserted(() -> assertThat(this.client.get("/ledger/" + account).getBody())
			.isEqualTo("{\"account\":\"%s\",\"balance\":%s}".formatted(account, balance)));
	}

}
