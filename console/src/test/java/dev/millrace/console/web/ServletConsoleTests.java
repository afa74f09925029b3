package dev.millrace.console.web;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import dev.millrace.console.ConsoleOperations;
import dev.millrace.console.ConsolePage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServletConsole}: what is served, and who is refused what.
 */
class ServletConsoleTests {

	private static final String READ = "/millrace/api/look";

	private static final String CONTENTS = "/millrace/api/contents";

	private static final String WRITE = "/millrace/api/change";

	@Test
	void addressWithoutSlashLeadsToThePage() {
		assertThat(development().get().uri("/millrace")).hasStatus(302).headers().hasValue("Location", "millrace/");
		assertThat(development().get().uri("/millrace/")).hasStatusOk()
			.hasContentType("text/html;charset=UTF-8")
			.bodyText()
			.contains("<div id=\"app\">");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/millrace/", "/millrace/app.js", READ, READ + "?name=a", "/millrace/api/session" })
	void nothingMayBeLoadedFromElsewhereOrFramed(String path) {
		assertThat(development().get().uri(path)).headers()
			.hasValue("X-Frame-Options", "DENY")
			.hasValue("X-Content-Type-Options", "nosniff")
			.satisfies((headers) -> assertThat(headers.getFirst("Content-Security-Policy"))
				.contains("default-src 'none'", "script-src 'self'")
				.doesNotContain("unsafe"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "app.js", "theme.js", "console.css", "icon.svg", "pages/index.js", "vendor/vue.js",
			"vendor/dagre.js" })
	void filesComeFromTheClassPathAndAreNotSentTwice(String file) {
		MvcTestResult first = development().get().uri("/millrace/" + file).exchange();
		assertThat(first).hasStatusOk();
		String tag = String.valueOf(first.getResponse().getHeader("ETag"));
		assertThat(development().get().uri("/millrace/" + file).header("If-None-Match", tag)).hasStatus(304);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing.js", "../console/web/Access.class", "api/../application.yml", "package.json",
			"pages//index.js" })
	void otherFilesAreNotServed(String file) {
		assertThat(development().get().uri(java.net.URI.create("/millrace/" + file))).hasStatus(404);
	}

	@Test
	void jsonIsThatOfTheConsoleWhateverTheApplicationWrites() {
		assertThat(development().get().uri(READ + "?name=a b")).hasStatusOk()
			.hasContentType(MediaType.APPLICATION_JSON)
			.headers()
			.hasValue("Cache-Control", "no-store");
		assertThat(development().get().uri(READ + "?name=a b")).bodyJson().isStrictlyEqualTo("{\"someName\": \"a b\"}");
	}

	@Test
	void problemsSayWhatIsWrong() {
		assertThat(development().get().uri(READ)).hasStatus(400)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("detail")
			.isEqualTo("The parameter 'name' is missing");
		assertThat(development().get().uri(READ + "?name=nobody")).hasStatus(404);
		assertThat(development().get().uri(READ + "?name=broken")).hasStatus(500)
			.bodyJson()
			.extractingPath("detail")
			.isEqualTo("It is broken");
		assertThat(write(development(), "{\"unknown\": 1}")).hasStatus(400);
	}

	@Test
	void changesInDevelopmentNeedTheToken() {
		MockMvcTester console = development();
		assertThat(write(console, "{\"value\": 1}")).hasStatusOk();
		assertThat(console.post().uri(WRITE).header("Host", "localhost:8080").content("{}")).hasStatus(403)
			.bodyJson()
			.extractingPath("reason")
			.isEqualTo("token");
		assertThat(console.post().uri(WRITE).header(AccessPolicy.TOKEN_HEADER, token(development())).content("{}"))
			.hasStatus(403);
	}

	@Test
	void changesAreNotMadeByGet() {
		MockMvcTester console = development();
		assertThat(console.get().uri(WRITE).header(AccessPolicy.TOKEN_HEADER, token(console))).hasStatus(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cross-site", "same-site", "none" })
	void changesFromAnotherSiteAreRefused(String site) {
		MockMvcTester console = development();
		assertThat(console.post()
			.uri(WRITE)
			.header("Sec-Fetch-Site", site)
			.header(AccessPolicy.TOKEN_HEADER, token(console))
			.content("{}")).hasStatus(403).bodyJson().extractingPath("reason").isEqualTo("origin");
	}

	@Test
	void originDecidesWhereTheBrowserDoesNotSayMore() {
		MockMvcTester console = development();
		var request = console.post()
			.uri(WRITE)
			.header("Host", "devbox:8080")
			.header(AccessPolicy.TOKEN_HEADER, token(console))
			.content("{\"value\": 1}");
		assertThat(request.header("Origin", "http://devbox:8080")).hasStatusOk();
		assertThat(console.post()
			.uri(WRITE)
			.header("Host", "devbox:8080")
			.header(AccessPolicy.TOKEN_HEADER, token(console))
			.header("Origin", "http://elsewhere:8080")
			.content("{}")).hasStatus(403);
	}

	@Test
	void withoutRoleNamesThatAnybodyMayHaveAreNotAnswered() {
		for (String host : List.of("localhost:8080", "127.0.0.1:8080", "[::1]:8080", "app.localhost", "devbox:80",
				"known.example")) {
			assertThat(development().get().uri(READ + "?name=a").header("Host", host)).as(host).hasStatusOk();
		}
		assertThat(development().get().uri(READ + "?name=a").header("Host", "rebound.example:8080")).hasStatus(403)
			.bodyJson()
			.extractingPath("detail")
			.asString()
			.contains("millrace.console.hosts");
		assertThat(development().get().uri("/millrace/api/session").header("Host", "rebound.example")).hasStatus(403);
		assertThat(console("ops", false, true).get().uri(READ + "?name=a").header("Host", "shop.example"))
			.hasStatusOk();
	}

	@Test
	void roleIsNeededForContentsAndChanges() {
		MockMvcTester console = console("ops", false, false);
		assertThat(console.get().uri(READ + "?name=a")).hasStatusOk();
		assertThat(console.get().uri(CONTENTS)).hasStatus(403)
			.bodyJson()
			.extractingPath("detail")
			.asString()
			.contains("role 'ops'", "millrace.console.role");
		assertThat(console.get().uri(CONTENTS).with(role("dev"))).hasStatus(403);
		assertThat(console.get().uri(CONTENTS).with(role("ops"))).hasStatusOk();
		assertThat(write(console, "{\"value\": 1}")).hasStatus(403);
		assertThat(console.post()
			.uri(WRITE)
			.header(AccessPolicy.TOKEN_HEADER, token(console))
			.with(role("ops"))
			.content("{\"value\": 1}")).hasStatusOk();
		assertThat(console.post().uri(WRITE).with(role("ops")).content("{}")).hasStatus(403);
	}

	@Test
	void roleHoldsInDevelopmentToo() {
		assertThat(write(console("ops", false, true), "{\"value\": 1}")).hasStatus(403);
	}

	@Test
	void readOnlyIsForEverybody() {
		MockMvcTester console = console("ops", true, false);
		assertThat(console.get().uri(CONTENTS).with(role("ops"))).hasStatusOk();
		assertThat(console.post()
			.uri(WRITE)
			.header(AccessPolicy.TOKEN_HEADER, token(console))
			.with(role("ops"))
			.content("{}")).hasStatus(403).bodyJson().extractingPath("reason").isEqualTo("read-only");
	}

	@Test
	void contentsAreNotShownInProductionWithoutRole() {
		MockMvcTester console = console(null, true, false);
		assertThat(console.get().uri(READ + "?name=a").header("Host", "shop.example")).hasStatusOk();
		assertThat(console.get().uri(CONTENTS)).hasStatus(403)
			.bodyJson()
			.extractingPath("detail")
			.asString()
			.contains("millrace.console.role");
	}

	@Test
	void sessionSaysWhatTheUserMay() {
		assertThat(development().get().uri("/millrace/api/session")).bodyJson()
			.isLenientlyEqualTo(
					"{\"application\": \"shop\", \"user\": null, \"refusedContents\": null, \"refusedChanges\": null}");
		MockMvcTester console = console("ops", false, false);
		assertThat(console.get().uri("/millrace/api/session").with(role("dev"))).bodyJson()
			.extractingPath("refusedChanges")
			.asString()
			.contains("role 'ops'");
		assertThat(console.get().uri("/millrace/api/session").with(role("ops"))).bodyJson()
			.extractingPath("refusedChanges")
			.isNull();
	}

	private static MvcTestResult write(MockMvcTester console, String body) {
		return console.post()
			.uri(WRITE)
			.header("Host", "localhost:8080")
			.header("Sec-Fetch-Site", "same-origin")
			.header(AccessPolicy.TOKEN_HEADER, token(console))
			.content(body)
			.exchange();
	}

	private static String token(MockMvcTester console) {
		MvcTestResult session = console.get().uri("/millrace/api/session").exchange();
		Matcher token = Pattern.compile("\"X-Millrace-Token\":\"(\\w+)\"")
			.matcher(
					new String(session.getResponse().getContentAsByteArray(), java.nio.charset.StandardCharsets.UTF_8));
		assertThat(token.find()).isTrue();
		return token.group(1);
	}

	private static RequestPostProcessor role(String role) {
		return (request) -> {
			request.addUserRole(role);
			return request;
		};
	}

	private static MockMvcTester development() {
		return console(null, false, true);
	}

	private static MockMvcTester console(@Nullable String role, boolean readOnly, boolean development) {
		ConsoleSettings settings = new ConsoleSettings("shop", "/millrace", role, readOnly, development,
				List.of("known.example"));
		return MockMvcTester.create(
				MockMvcBuilders.routerFunctions(new ServletConsole(settings).routes(List.of(new TestPage()))).build());
	}

	/**
	 * One operation of each kind.
	 */
	private static final class TestPage implements ConsolePage {

		@Override
		public void addTo(ConsoleOperations operations) {
			operations.read("look", (request) -> {
				String name = request.required("name");
				if (name.equals("broken")) {
					throw new IllegalStateException("It is broken");
				}
				return name.equals("nobody") ? null : Map.of("someName", name);
			}).contents("contents", (request) -> List.of("a")).write("change", (request) -> request.body(Change.class));
		}

	}

	/**
	 * Change.
	 *
	 * @param value something
	 */
	private record Change(int value) {

	}

}
