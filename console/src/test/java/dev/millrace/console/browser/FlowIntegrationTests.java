package dev.millrace.console.browser;

import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Page <em>Flow</em> in a browser.
 */
@ConsoleTest
class FlowIntegrationTests {

	@Autowired
	private KafkaTemplate<String, String> template;

	@Autowired
	private Semaphore door;

	@Test
	void graphShowsWhatFlows(Browser browser) {
		browser.open("flow");
		assertThat(browser.await(".node.subscriber strong", "orders").isDisplayed()).isTrue();
		browser.await(".node.topic strong", "orders");
		browser.await(".node.topic strong", "invoices");
		this.template.send("orders", "1", "first");
		browser.await((driver) -> browser.await("tbody tr", "orders").getText().contains("running"));
		assertThat(browser.requests()).isNotEmpty().allMatch((url) -> url.startsWith("http://localhost:"));
		assertThat(browser.complaints()).isEmpty();
		browser.screenshots("flow");
	}

	@BeforeEach
	@AfterEach
	void openDoor() {
		this.door.drainPermits();
		this.door.release(1_000_000);
	}

}
