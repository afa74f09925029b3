package dev.millrace.console.web;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.console.ConsolePage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console behind Spring Security as it is without further settings: with its
 * protection against forged requests.
 */
class SpringSecurityTests {

	private static final String WRITE = "/millrace/api/change";

	private static AnnotationConfigWebApplicationContext context;

	private static MockMvcTester mvc;

	private final MockHttpSession session = new MockHttpSession();

	@BeforeAll
	static void start() {
		context = new AnnotationConfigWebApplicationContext();
		context.setServletContext(new MockServletContext());
		context.register(Application.class);
		context.refresh();
		mvc = MockMvcTester.from(context,
				(builder) -> builder.apply(SecurityMockMvcConfigurers.springSecurity()).build());
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void strangersAreKeptOutBySpringSecurity() {
		assertThat(mvc.get().uri("/millrace/api/session")).hasStatus(401);
	}

	@Test
	void pageGetsTheHeadersThatAChangeNeeds() {
		JsonNode headers = headers(user("ann", "OPS"));
		assertThat(headers.propertyNames()).containsExactlyInAnyOrder("X-CSRF-TOKEN", AccessPolicy.TOKEN_HEADER);
		assertThat(write(user("ann", "OPS"), headers, "X-CSRF-TOKEN", AccessPolicy.TOKEN_HEADER)).hasStatusOk()
			.bodyText()
			.isEqualTo("\"done by ann\"");
	}

	@Test
	void eachOfTheTokensIsNeeded() {
		JsonNode headers = headers(user("ann", "OPS"));
		assertThat(write(user("ann", "OPS"), headers, "X-CSRF-TOKEN")).hasStatus(403)
			.bodyJson()
			.extractingPath("reason")
			.isEqualTo("token");
		assertThat(write(user("ann", "OPS"), headers, AccessPolicy.TOKEN_HEADER)).hasStatus(403);
	}

	@Test
	void withoutTheRoleTokensAreOfNoUse() {
		JsonNode headers = headers(user("bob", "DEV"));
		assertThat(write(user("bob", "DEV"), headers, "X-CSRF-TOKEN", AccessPolicy.TOKEN_HEADER)).hasStatus(403)
			.bodyJson()
			.extractingPath("detail")
			.asString()
			.contains("role 'OPS'");
	}

	private static RequestPostProcessor user(String name, String role) {
		return SecurityMockMvcRequestPostProcessors.user(name).roles(role);
	}

	private JsonNode headers(RequestPostProcessor user) {
		MvcTestResult result = mvc.get().uri("/millrace/api/session").session(this.session).with(user).exchange();
		assertThat(result).hasStatusOk();
		return new JsonMapper().readTree(result.getResponse().getContentAsByteArray()).path("headers");
	}

	private MvcTestResult write(RequestPostProcessor user, JsonNode headers, String... names) {
		var request = mvc.post().uri(WRITE).session(this.session).with(user);
		for (String name : names) {
			request.header(name, headers.path(name).asString());
		}
		return request.exchange();
	}

	/**
	 * Console with one operation.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableWebMvc
	@EnableWebSecurity
	static class Application {

		@Bean
		RouterFunction<ServerResponse> console() {
			ConsolePage page = (operations) -> operations.write("change", (request) -> "done by " + request.user());
			return new ServletConsole(new ConsoleSettings(null, "/millrace", "OPS", false, false, List.of()))
				.routes(List.of(page));
		}

		@Bean
		SecurityFilterChain security(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic((basic) -> {
				})
				.build();
		}

	}

}
