package dev.millrace.console.browser;

import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;

import dev.millrace.deadletter.DeadLetterFilter;
import dev.millrace.deadletter.DeadLetters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The pages <em>Try it</em>, <em>Dead letters</em>, <em>Topics</em> and <em>Docs</em> in
 * a browser.
 */
@ConsoleTest
@Timeout(120)
class RecordPagesIntegrationTests {

	@Autowired
	private KafkaTemplate<String, String> template;

	@Autowired
	private DeadLetters letters;

	@Autowired
	private Quotes quotes;

	@BeforeEach
	void forget() {
		this.quotes.inquiries.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "try/quotes", "try/orders", "dead-letters", "dead-letters/refunds", "topics",
			"topics/refunds-dlt", "docs" })
	void everybodyCanUseThePage(String page, Browser browser) {
		if (page.startsWith("dead-letters") && letters("accessible") == 0) {
			bury("accessible");
		}
		browser.open(page);
		browser.await("main .table, main .panel, main .operation");
		assertThat(browser.requests()).isNotEmpty()
			.allMatch((url) -> url.startsWith("http://localhost:") || url.startsWith("data:"));
		assertThat(browser.complaints()).isEmpty();
		assertThat(browser.accessibilityProblems()).as("light").isEmpty();
		browser.dark(true);
		assertThat(browser.accessibilityProblems()).as("dark").isEmpty();
	}

	@Test
	void recordIsMadeInAFormAndChecked(Browser browser) {
		browser.open("try/quotes");
		WebElement customer = browser.await("fieldset input");
		assertThat(customer.getDomProperty("value")).isEqualTo("Ann");
		customer.clear();
		customer.sendKeys("Bob");
		browser.tabTo("Check");
		browser.press(Keys.ENTER);

		assertThat(browser.await("[data-result=done]").getText()).contains("The handler would get", "customer=Bob",
				"level=GOLD");
		assertThat(this.quotes.inquiries).isEmpty();

		browser.await("button", "Text").click();
		WebElement text = browser.await("textarea");
		assertThat(text.getDomProperty("value")).contains("\"customer\": \"Bob\"");
		text.clear();
		text.sendKeys("{\"customer\": ");
		browser.await("button", "Check").click();
		assertThat(browser.await("[data-result=failed]").getText()).contains("DecodingException");
	}

	@Test
	void dryRunShowsWhatWouldBePublished(Browser browser) {
		browser.open("try/quotes");
		browser.await("fieldset input").sendKeys("-dry");
		browser.await("button", "Run dry").click();
		browser.await("dialog[open] button.danger").click();

		assertThat(browser.await("[data-result=done]").getText()).contains("Would be published", "to offers",
				"\"total\": 199.6");
		assertThat(this.quotes.inquiries).hasSize(1);
		((JavascriptExecutor) browser.driver()).executeScript("scrollTo(0, 0)");
		browser.screenshots("try");
		browser.open("topics/offers?text=Ann-dry");
		browser.await("tbody", "No record");
	}

	@Test
	void recordIsPublishedAndItsAnswerComes(Browser browser) {
		browser.open("try/quotes");
		browser.await("button", "Publish and wait").click();
		assertThat(browser.await("[data-result=done]").getText()).contains("Answer", "\"customer\": \"Ann\"", "199.6");

		browser.await("button.primary", "Publish").click();
		browser.await("[data-result] a", "inquiries-").click();
		browser.await("h1", "inquiries");
		assertThat(browser.await("tbody tr td.wide").getText()).contains("Ann");
		await().until(() -> this.quotes.inquiries.size() == 2);
	}

	@Test
	void topicsAreLookedInto(Browser browser) {
		long began = System.currentTimeMillis() - 1000;
		IntStream.range(0, 120)
			.forEach((number) -> this.template.send("looked-at", number % 3, began + number, "key-" + number,
					"{\"number\": " + number + ", \"words\": [\"alpha\", \"beta\"]}"));
		this.template.flush();
		browser.open("topics");
		assertThat(browser.await("tbody tr", "refunds-dlt").getText()).contains("dead letters of", "refunds");
		browser.screenshots("topics");
		browser.await("tbody a", "looked-at").click();
		browser.await((driver) -> driver.findElements(By.cssSelector("tbody .opener")).size() == 50);
		assertThat(browser.await("tbody tr td.wide").getText()).contains("\"number\": 119");
		browser.await("button", "Older").click();
		browser.await((driver) -> driver.findElements(By.cssSelector("tbody .opener")).size() == 100);
		browser.await("button", "Older").click();
		browser.await((driver) -> driver.findElements(By.cssSelector("tbody .opener")).size() == 120
				&& driver.findElements(By.xpath("//button[.='Older']")).isEmpty());

		browser.await("form input[type=search]").sendKeys("KEY-77");
		browser.press(Keys.ENTER);
		browser.await((driver) -> driver.findElements(By.cssSelector("tbody .opener")).size() == 1);
		browser.await("tbody .opener").sendKeys(Keys.ENTER);
		assertThat(browser.await(".record .payload").getText()).contains("\"number\": 77");
		browser.screenshots("topic");
	}

	@Test
	void deadLetterIsChosenAndReplayedWithTheKeyboard(Browser browser) {
		bury("chosen");
		browser.open("dead-letters/refunds");
		browser.await(".opener");
		WebElement row = browser.await((driver) -> driver.findElements(By.cssSelector("tbody tr"))
			.stream()
			.filter((each) -> each.getText().contains("chosen"))
			.findFirst()
			.orElse(null));
		row.findElement(By.cssSelector("input[type=checkbox]")).sendKeys(Keys.SPACE);
		browser.await("button", "Replay selected (1)").sendKeys(Keys.ENTER);
		browser.await("dialog[open]", "1 selected dead letter");
		browser.tabTo("Replay");
		browser.press(Keys.ENTER);

		browser.await(".replay[data-state=DONE]", "1 of 1");
		await().until(() -> letters("chosen") == 1 && this.letters.log("refunds").size() >= 1);
		assertThat(this.letters.find("refunds", DeadLetterFilter.OPEN, null, 100).letters())
			.filteredOn((letter) -> "chosen".equals(new String(letter.record().key())))
			.singleElement()
			.satisfies((letter) -> assertThat(letter.origin().replays()).isEqualTo(1));
	}

	@Test
	void documentIsShown(Browser browser) {
		browser.open("docs");
		assertThat(browser.await(".operation", "Quotes").getText()).contains("Makes an offer of each inquiry.", "sales",
				"groupId");
		assertThat(browser.await("table.schema", "customer").getText()).contains("customer *", "Who wants to know.",
				"Item[]", "one of \"BASIC\", \"GOLD\"", "string (date) or null");
		assertThat(browser.driver().findElements(By.linkText("asyncapi.yaml"))).singleElement()
			.satisfies((link) -> assertThat(link.getDomProperty("href")).endsWith("/app/millrace/asyncapi.yaml"));
		browser.await("input[type=search]").sendKeys("quotes");
		browser.screenshots("docs");
	}

	private void bury(String key) {
		long before = letters(key);
		this.template.send("refunds", key, "refund of " + key);
		await().until(() -> letters(key) > before);
	}

	private long letters(String key) {
		return this.letters.find("refunds", new DeadLetterFilter(null, key, null, null, Set.of(), false), null, 100)
			.letters()
			.size();
	}

}
