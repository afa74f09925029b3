package dev.millrace.sample.ledger;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.millrace.sample.SampleApplication;
import dev.millrace.sample.SampleClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LedgerRestartIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void balanceIsRebuiltFromTheTopic() {
		try (ConfigurableApplicationContext context = start()) {
			SampleClient client = new SampleClient(context);
			client.postJson("/ledger/alice/deposits", "{\"amount\":100.10}");
			awaitBalance(client, "100.10");
			client.postJson("/ledger/alice/withdrawals", "{\"amount\":0.10}");
			awaitBalance(client, "100.00");
		}

		try (ConfigurableApplicationContext context = start()) {
			awaitBalance(new SampleClient(context), "100.00");
		}
	}

	private static void awaitBalance(SampleClient client, String balance) {
		await().untilAsserted(() -> assertThat(client.get("/ledger/alice").getBody())
			.isEqualTo("{\"account\":\"alice\",\"balance\":%s}".formatted(balance)));
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(SampleApplication.class).run("--server.port=0",
				"--millrace.embedded-broker.port=0", "--millrace.embedded-broker.data-directory=" + this.directory);
	}

}
