package dev.millrace.console.browser;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Page <em>Flow</em> in a browser.
 */
@ConsoleTest
class FlowIntegrationTests {

	@Autowired
	private Shop shop;

	@Test
	void graphShowsWhatFlows(Browser browser) {
		browser.open("flow");
		browser.await(".node.topic strong", "orders");
		browser.await(".node.topic strong", "invoices");
		browser.await((driver) -> {
			this.shop.order("good");
			return figure(browser, "orders", "rec/s").matches("[1-9][0-9.]*|0\\.[1-9]");
		});
		browser.await(".node.topic", "/s");
		assertThat(driverFinds(browser, ".edge.active")).isNotEmpty();
	}

	@Test
	void whatWaitsIsInFlightAndWhatFailsIsAnError(Browser browser) {
		browser.open("flow");
		this.shop.close();
		this.shop.order("good");
		this.shop.order("bad");
		browser.await((driver) -> Integer.parseInt(figure(browser, "shipping", "in flight")) > 0);
		browser.await((driver) -> Integer.parseInt(figure(browser, "orders", "errors")) > 0);
		browser.await(".node.topic strong", "orders-dlt");
		assertThat(browser.await("tbody tr", "shipping").getText()).containsPattern("(ms|\\d s)$");
		this.shop.open();
		browser.await((driver) -> figure(browser, "shipping", "in flight").equals("0"));
	}

	@Test
	void patternIsShownUntilThereIsATopic(Browser browser) {
		browser.open("flow");
		browser.await(".node.pattern strong", "/audit-.*/");
		browser.await("tbody tr", "/audit-.*/");
	}

	@Test
	void lastKnownStateIsShownWhileTheApplicationIsAway(Browser browser) {
		browser.open("flow");
		browser.await(".node.subscriber", "orders");
		browser.offline(true);
		browser.await(".stale", "The application does not answer");
		assertThat(browser.await(".node.subscriber", "orders").isDisplayed()).isTrue();
		browser.offline(false);
		browser.await((driver) -> driver.findElements(By.cssSelector(".stale")).isEmpty());
	}

	@Test
	void boxLeadsToItsSubscriber(Browser browser) {
		browser.open("flow");
		browser.await(".node.subscriber", "orders").click();
		browser.await("main h1", "orders");
		assertThat(browser.driver().getTitle()).isEqualTo("orders · Subscribers · shop");
		browser.driver().navigate().back();
		browser.await("main h1", "Flow");
	}

	@Test
	void nothingIsFetchedFromElsewhereAndNothingForbidden(Browser browser) {
		browser.open("flow");
		browser.await(".node.subscriber", "orders");
		assertThat(browser.requests()).contains(browser.root() + "/vendor/vue.js", browser.root() + "/vendor/dagre.js")
			.allMatch((url) -> url.startsWith(browser.root()));
		assertThat(browser.complaints()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everybodyCanUseIt(boolean dark, Browser browser) {
		browser.dark(dark);
		browser.open("flow");
		browser.await(".node.subscriber", "orders");
		String ground = browser.driver().findElement(By.tagName("body")).getCssValue("background-color");
		assertThat(ground).isEqualTo(dark ? "rgba(17, 22, 27, 1)" : "rgba(245, 247, 248, 1)");
		assertThat(browser.accessibilityProblems()).isEmpty();
	}

	private static String figure(Browser browser, String subscriber, String title) {
		WebElement node = browser.await(".node.subscriber", subscriber);
		return node.findElements(By.cssSelector("dl div"))
			.stream()
			.map(WebElement::getText)
			.filter((text) -> text.startsWith(title))
			.map((text) -> text.substring(title.length()).strip())
			.findFirst()
			.orElseThrow();
	}

	private static List<WebElement> driverFinds(Browser browser, String css) {
		return browser.driver().findElements(By.cssSelector(css));
	}

}
