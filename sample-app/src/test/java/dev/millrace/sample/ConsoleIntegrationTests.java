package dev.millrace.sample;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

import dev.millrace.console.browser.Browser;
import dev.millrace.console.browser.BrowserExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README's command shows in a browser: the live flow of everything that the
 * sample does.
 */
@SampleTest
@ExtendWith(BrowserExtension.class)
class ConsoleIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(ConsoleIntegrationTests.class);

	private static final List<String> TOPICS = List.of("in-topic", "out-topic", "logs", "metrics", "ledger", "lines",
			"words");

	@Autowired
	private SampleClient client;

	@Test
	void allUsesFlow(Browser browser) {
		browser.open("flow");
		TOPICS.forEach((topic) -> browser.await(".node.topic strong", topic));
		browser.await((driver) -> {
			work();
			return driver.findElements(By.cssSelector(".node.subscriber dl div:first-child dd"))
				.stream()
				.map(WebElement::getText)
				.allMatch((rate) -> rate.matches("[0-9.]+k?") && !rate.equals("0"));
		});
		assertThat(browser.driver().findElements(By.cssSelector(".edge.active"))).hasSize(9);
		browser.screenshots("flow");
		assertThat(browser.requests()).isNotEmpty().allMatch((url) -> url.startsWith(browser.root()));
		assertThat(browser.complaints()).isEmpty();
	}

	// Nothing that other tests with the same application count
	private void work() {
		logger.info("There is work, and this goes to the topic logs");
		for (int i = 0; i < 5; i++) {
			this.client.postJson("/registrations", "{\"user\":\"Miller\",\"user_id\":" + (9000 + i) + "}");
			this.client.postText("/lines", "millwheel millpond weir");
			this.client.postJson("/ledger/miller/deposits", "{\"amount\":" + (i + 1) + "}");
		}
	}

}
