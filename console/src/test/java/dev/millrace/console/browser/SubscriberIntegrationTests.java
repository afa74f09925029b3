package dev.millrace.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

import dev.millrace.StreamSubscribers;
import dev.millrace.SubscriberControl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Page <em>Subscriber</em> in a browser.
 */
@ConsoleTest
class SubscriberIntegrationTests {

	@Autowired
	private Shop shop;

	@Autowired
	private StreamSubscribers subscribers;

	@Autowired
	private WebApplicationContext context;

	@AfterEach
	void reset() {
		this.shop.open();
		SubscriberControl shipping = this.subscribers.get("shipping");
		shipping.start();
		shipping.resume();
		shipping.maxRate(null);
	}

	@Test
	void windowAndOldestRecordShowWhatHoldsUpTheCommit(Browser browser) {
		this.shop.close();
		for (int i = 0; i < 20; i++) {
			this.shop.order("good " + i);
		}
		browser.open("subscribers/shipping");
		browser.await(".oldest", "The oldest unfinished record is invoices-0@");
		browser.await("tbody tr", "invoices-0");
		browser.await((driver) -> String.valueOf(browser.await(".window").getAttribute("aria-label"))
			.matches("[1-9]\\d* of [\\d,]+ records in the window, [1-9]\\d* unfinished"));
		browser.screenshots("subscriber");
		this.shop.open();
		browser.await(".oldest", "All records that were polled are finished.");
	}

	@Test
	void keyOfTheOldestRecordIsForThoseWhoMaySeeContents(Browser browser) {
		this.shop.close();
		this.shop.order("good");
		browser.open("subscribers/shipping");
		browser.await(".oldest", "with the key");

		browser.open("/ops/look", "subscribers/shipping");
		assertThat(browser.await(".oldest", "The oldest unfinished record is invoices-0@").getText())
			.doesNotContain("key");
		MockMvcTester mvc = MockMvcTester.from(this.context);
		assertThat(mvc.get().uri("/ops/look/api/subscriber?id=shipping")).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("details.state.oldestUnfinished.offset", (offset) -> assertThat(offset).isNotNull())
			.extractingPath("details.state.oldestUnfinished.key")
			.isNull();
		assertThat(mvc.get().uri("/ops/look/api/subscriber/contents?id=shipping")).hasStatus(403);
	}

	@Test
	void settingsSayWhereTheyComeFrom(Browser browser) {
		browser.open("subscribers/orders");
		assertThat(browser.await("tbody tr", "concurrency").getText()).isEqualTo("concurrency 4 annotation");
		assertThat(browser.await("tbody tr", "ack-policy").getText()).contains("default");
	}

	@Test
	void controlsAreUsedWithKeysOnly(Browser browser) {
		SubscriberControl shipping = this.subscribers.get("shipping");
		browser.open("subscribers/shipping");
		browser.tabTo("Pause");
		browser.press(Keys.ENTER);
		browser.await(".heading .badge", "paused");
		assertThat(shipping.isPaused()).isTrue();
		browser.press(Keys.ENTER);
		browser.await(".heading .badge", "running");
		assertThat(shipping.isPaused()).isFalse();

		browser.open("subscribers/shipping");
		browser.tabTo("Stop…");
		browser.press(Keys.ENTER);
		browser.await("dialog h2", "Stop shipping?");
		browser.press(Keys.ESCAPE);
		browser.await((driver) -> driver.findElements(By.cssSelector("dialog[open]")).isEmpty());
		assertThat(shipping.isRunning()).isTrue();
		assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("Stop…");
		browser.press(Keys.ENTER);
		browser.await("dialog h2", "Stop shipping?");
		browser.tabTo("Stop");
		browser.press(Keys.ENTER);
		browser.await(".heading .badge", "stopped");
		assertThat(shipping.isRunning()).isFalse();
		assertThat(browser.driver().findElements(By.cssSelector(".window"))).isEmpty();
	}

	@Test
	void limitsAreChanged(Browser browser) {
		browser.open("subscribers/shipping");
		browser.tabTo("Concurrency");
		browser.press(Keys.chord(Keys.CONTROL, "a"));
		browser.press("3", Keys.TAB, "50");
		browser.tabTo("Change");
		browser.press(Keys.SPACE);
		browser.await(".notice", "Changed");
		assertThat(this.subscribers.get("shipping").concurrency()).isEqualTo(3);
		assertThat(this.subscribers.get("shipping").maxRate()).isEqualTo(50);
	}

	@Test
	void goesOnAtAnOffset(Browser browser) {
		this.shop.order("good");
		browser.open("subscribers/shipping");
		browser.await("tbody tr", "invoices-0");
		new Select(browser.await(".controls form:last-of-type select")).selectByVisibleText("at an offset");
		browser.await((driver) -> {
			new Select(driver.findElement(By.cssSelector(".controls label:nth-of-type(2) select")))
				.selectByVisibleText("invoices-0");
			return true;
		});
		browser.tabTo("Offset");
		browser.press("0");
		long processed = processed(browser);
		browser.tabTo("Seek…");
		browser.press(Keys.ENTER);
		assertThat(browser.await("dialog p").getText()).isEqualTo("It goes on with the record at invoices-0@0.");
		browser.await("dialog .danger").click();
		browser.await(".notice", "goes on there");
		browser.await((driver) -> processed(browser) > processed);
	}

	@Test
	void whoMayOnlyLookIsToldWhy(Browser browser) {
		browser.open("/ops/look", "subscribers/shipping");
		browser.await(".controls .hint", "This needs the role 'OPS'");
		browser.tabTo("Pause");
		browser.press(Keys.ENTER);
		browser.open("/ops/look", "flow");
		browser.await("tbody tr", "shipping");
		assertThat(this.subscribers.get("shipping").isPaused()).isFalse();
		assertThat(browser.requests()).noneMatch((url) -> url.contains("/act"));
	}

	@Test
	void changeGoesThroughWhenTheTokenHasChanged(Browser browser) {
		browser.open("subscribers/shipping");
		browser.await("tbody tr", "group-id");
		browser.forgetToken();
		browser.tabTo("Pause");
		browser.press(Keys.ENTER);
		browser.await(".heading .badge", "paused");
		assertThat(this.subscribers.get("shipping").isPaused()).isTrue();
	}

	@Test
	void whatIsNotPossibleIsSaid(Browser browser) {
		browser.open("subscribers/shipping");
		browser.tabTo("Concurrency");
		browser.press(Keys.chord(Keys.CONTROL, "a"));
		browser.press("0");
		browser.tabTo("Change");
		browser.press(Keys.ENTER);
		browser.await(".notice.error", "The concurrency must be at least 1");
		browser.open("subscribers/nobody");
		browser.await("[role=alert]", "There is no");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everybodyCanUseIt(boolean dark, Browser browser) {
		browser.dark(dark);
		for (String page : new String[] { "subscribers", "subscribers/orders" }) {
			browser.open(page);
			browser.await("tbody tr", "orders");
			assertThat(browser.complaints()).as(page).isEmpty();
			assertThat(browser.accessibilityProblems()).as(page).isEmpty();
			// Of the script that has looked
			browser.complaints();
		}
	}

	private static long processed(Browser browser) {
		return browser.await(".figures div", "processed")
			.findElement(By.tagName("dd"))
			.getText()
			.replace(",", "")
			.transform(Long::parseLong);
	}

}
