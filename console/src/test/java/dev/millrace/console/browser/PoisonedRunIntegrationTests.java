package dev.millrace.console.browser;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Of ten thousand records, a thousand fail. They are repaired from the page, a hundred in
 * a second, and the page shows how that goes on.
 */
@ConsoleTest
@Timeout(180)
class PoisonedRunIntegrationTests {

	private static final int RECORDS = 10_000;

	private static final int FAILED = 1_000;

	private static final Pattern PROGRESS = Pattern.compile("([\\d,]+) of 1,000");

	@Autowired
	private KafkaTemplate<String, String> template;

	@Autowired
	private Repairs repairs;

	@Test
	void isRepairedFromThePage(Browser browser) {
		this.repairs.broken = true;
		IntStream.range(0, RECORDS)
			.forEach((number) -> this.template.send("payments", "customer-" + number % 100, "payment-" + number));
		await().atMost(Duration.ofSeconds(60)).until(() -> this.repairs.processed.size() == RECORDS - FAILED);
		this.repairs.broken = false;

		browser.open("dead-letters");
		browser.await("tbody tr", "1,000");
		browser.screenshots("dead-letters-overview");
		browser.await("tbody a", "payments").click();
		browser.await(".figure", "1,000 open");
		browser.await("button", "Replay all").click();
		browser.await("dialog[open] button.danger", "Replay").click();

		Set<Integer> seen = new LinkedHashSet<>();
		await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100)).ignoreExceptions().until(() -> {
			WebElement replay = browser.driver().findElement(By.cssSelector(".replay"));
			Matcher progress = PROGRESS.matcher(replay.getText());
			if (progress.find() && seen.add(Integer.valueOf(progress.group(1).replace(",", ""))) && seen.size() == 6) {
				browser.screenshots("dead-letters");
			}
			return "DONE".equals(replay.getDomAttribute("data-state"));
		});

		assertThat(List.copyOf(seen)).isSorted().contains(FAILED).hasSizeGreaterThan(5);
		browser.await((driver) -> driver.findElement(By.cssSelector(".figure")).getText().equals("0 open"));
		browser.await("section.log tbody tr", "1,000");
		await().until(() -> this.repairs.processed.size() == RECORDS);
		assertThat(this.repairs.processed.values()).containsOnly(1);
		assertThat(browser.complaints()).isEmpty();
	}

}
