package dev.millrace.console.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.StreamSupport;

import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chromium without a window, on one console.
 */
public final class Browser {

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private static final int WIDTH = 1280;

	private static final int HEIGHT = 900;

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final String[] ARGUMENTS = { "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--disable-dev-shm-usage", "--hide-scrollbars" };

	private final ChromeDriver driver;

	private String root = "";

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	static boolean isInstalled() {
		return Files.isExecutable(Path.of("/usr/bin/chromium")) && Files.isExecutable(Path.of("/usr/bin/chromedriver"));
	}

	static Browser start(Path profile) {
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.PERFORMANCE, Level.ALL);
		logs.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions().setBinary("/usr/bin/chromium")
			.addArguments(ARGUMENTS)
			.addArguments("--user-data-dir=" + profile);
		options.setCapability("goog:loggingPrefs", logs);
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
			.build();
		return new Browser(new ChromeDriver(service, options));
	}

	void close() {
		this.driver.quit();
	}

	/**
	 * Begin a test: light, as large as a window on a desk, with nothing in the logs.
	 * @param root the address of the console
	 */
	void begin(String root) {
		this.root = root;
		this.driver.manage().window().setSize(new Dimension(WIDTH, HEIGHT));
		dark(false);
		offline(false);
		this.driver.get("about:blank");
		this.driver.manage().logs().get(LogType.PERFORMANCE);
		this.driver.manage().logs().get(LogType.BROWSER);
	}

	/**
	 * Open a page of the console, and wait until it is there.
	 * @param page what follows {@code #/}
	 */
	public void open(String page) {
		this.driver.get("about:blank");
		this.driver.get(this.root + "/#/" + page);
		await("main h1");
	}

	/**
	 * Open a page of another console of the application.
	 * @param console its path
	 * @param page what follows {@code #/}
	 */
	public void open(String console, String page) {
		this.root = this.root.replaceFirst("/millrace$", console);
		open(page);
	}

	/**
	 * Have the first change of this page carry the token of another start, as after a
	 * restart of the application.
	 */
	public void forgetToken() {
		this.driver.executeScript("""
				const { fetch } = window
				window.fetch = (address, options) => {
					window.fetch = options?.method === 'POST' ? fetch : window.fetch
					return fetch(address, options?.method === 'POST'
							? { ...options, headers: { ...options.headers, 'X-Millrace-Token': 'old' } } : options)
				}""");
	}

	/**
	 * Cut the browser off from the application.
	 * @param offline whether it is cut off
	 */
	public void offline(boolean offline) {
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.emulateNetworkConditions",
				Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
	}

	/**
	 * Return where the console is.
	 * @return its address, without a slash at the end
	 */
	public String root() {
		return this.root;
	}

	/**
	 * Return the driver, for what is not here.
	 * @return the driver
	 */
	public WebDriver driver() {
		return this.driver;
	}

	/**
	 * Wait for an element that can be seen.
	 * @param css its selector
	 * @return the element
	 */
	public WebElement await(String css) {
		return await((driver) -> driver.findElements(By.cssSelector(css))
			.stream()
			.filter(WebElement::isDisplayed)
			.findFirst()
			.orElse(null));
	}

	/**
	 * Wait for an element with a text.
	 * @param css its selector
	 * @param text what is in it
	 * @return the element
	 */
	public WebElement await(String css, String text) {
		return await((driver) -> driver.findElements(By.cssSelector(css))
			.stream()
			.filter((element) -> element.isDisplayed() && element.getText().contains(text))
			.findFirst()
			.orElse(null));
	}

	/**
	 * Wait for something.
	 * @param condition returns neither {@code null} nor {@code false} when it is there
	 * @param <T> the type of what is waited for
	 * @return what is there
	 */
	public <T> T await(ExpectedCondition<T> condition) {
		WebDriverWait wait = new WebDriverWait(this.driver, PATIENCE, Duration.ofMillis(50));
		// What is drawn anew each second may go while it is looked at.
		wait.ignoring(org.openqa.selenium.StaleElementReferenceException.class);
		return wait.until(condition);
	}

	/**
	 * Press keys, one after the other, wherever the focus is.
	 * @param keys the keys
	 */
	public void press(CharSequence... keys) {
		new Actions(this.driver).sendKeys(keys).perform();
	}

	/**
	 * Press the tabulator until an element has the focus that shows it.
	 * @param text the text or label of the element
	 * @return the element
	 */
	public WebElement tabTo(String text) {
		for (int i = 0; i < 80; i++) {
			press(Keys.TAB);
			WebElement focused = this.driver.switchTo().activeElement();
			String name = focused.getAccessibleName();
			if (name.equals(text)) {
				if ("none".equals(focused.getCssValue("outline-style"))) {
					throw new AssertionError("'" + text + "' does not show that it has the focus");
				}
				return focused;
			}
		}
		throw new AssertionError("The tabulator does not get to '" + text + "'");
	}

	/**
	 * Have the system want dark or light pages.
	 * @param dark whether it wants dark ones
	 */
	public void dark(boolean dark) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
						Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
	}

	/**
	 * Look for what keeps people from using the page: names, roles, contrast.
	 * @return what was found, one line for each
	 */
	public List<String> accessibilityProblems() {
		this.driver.executeScript(Axe.SCRIPT);
		Object result = this.driver.executeAsyncScript("""
				const done = arguments[arguments.length - 1]
				axe.run(document, { resultTypes: ['violations'] }).then(
					(result) => done(JSON.stringify(result.violations)), (error) => done(String(error)))
				""");
		JsonNode violations = MAPPER.readTree(String.valueOf(result));
		return StreamSupport.stream(violations.spliterator(), false)
			.map((violation) -> violation.path("id").asString() + ": "
					+ StreamSupport.stream(violation.path("nodes").spliterator(), false)
						.map((node) -> node.path("html").asString() + " " + node.path("failureSummary").asString())
						.toList())
			.toList();
	}

	/**
	 * Return the addresses that the browser has asked for since the test began, or since
	 * this was last asked.
	 * @return the addresses
	 */
	public List<String> requests() {
		return this.driver.manage()
			.logs()
			.get(LogType.PERFORMANCE)
			.getAll()
			.stream()
			.map((entry) -> MAPPER.readTree(entry.getMessage()).path("message"))
			.filter((message) -> message.path("method").asString().equals("Network.requestWillBeSent"))
			.map((message) -> message.path("params").path("request").path("url").asString())
			.toList();
	}

	/**
	 * Return what the browser complains about, scripts and what the security policy
	 * forbids.
	 * @return the complaints since the test began, or since this was last asked
	 */
	public List<String> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map((entry) -> entry.getMessage())
			.toList();
	}

	/**
	 * Take pictures of the whole page, light and dark, into {@code target/screenshots},
	 * and into the documentation with {@code -Dscreenshots=docs}.
	 * @param name the name of the files
	 */
	public void screenshots(String name) {
		Number height = (Number) this.driver.executeScript("""
				return outerHeight - innerHeight + Math.min(1500, document.documentElement.scrollHeight)""");
		this.driver.manage().window().setSize(new Dimension(WIDTH, height.intValue()));
		screenshot(name);
		dark(true);
		screenshot(name + "-dark");
		dark(false);
		this.driver.manage().window().setSize(new Dimension(WIDTH, HEIGHT));
	}

	private void screenshot(String name) {
		byte[] picture = this.driver.getScreenshotAs(OutputType.BYTES);
		try {
			write(Path.of("target/screenshots"), name, picture);
			if ("docs".equals(System.getProperty("screenshots"))) {
				write(Path.of("../docs/images"), name, picture);
			}
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private static void write(Path directory, String name, byte[] picture) throws IOException {
		Files.write(Files.createDirectories(directory).resolve("console-" + name + ".png"), picture);
	}

}
