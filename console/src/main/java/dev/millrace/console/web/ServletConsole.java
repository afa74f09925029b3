package dev.millrace.console.web;

import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.console.ConsolePage;

/**
 * Serves the console with Spring MVC. What it writes and reads is JSON of a mapper of its
 * own: the application's may be set up for something else.
 */
public final class ServletConsole {

	private static final Log logger = LogFactory.getLog(ServletConsole.class);

	private static final String SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
			+ "frame-ancestors 'none'";

	private final Assets assets = new Assets();

	private final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private final ConsoleSettings settings;

	private final AccessPolicy policy;

	/**
	 * Create the console.
	 * @param settings how it is served
	 */
	public ServletConsole(ConsoleSettings settings) {
		this.settings = settings;
		this.policy = new AccessPolicy(settings);
	}

	/**
	 * Return what is served.
	 * @param pages the pages
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes(Collection<ConsolePage> pages) {
		String path = this.settings.path();
		RouterFunctions.Builder routes = RouterFunctions.route()
			// Relative, whatever path the application itself has
			.GET(path,
					(request) -> headers(ServerResponse.status(HttpStatus.FOUND))
						.location(URI.create(path.substring(path.lastIndexOf('/') + 1) + "/"))
						.build())
			.GET(path + "/", (request) -> asset(request, Assets.INDEX))
			// What is not there may be somebody else's: the AsyncAPI document has this
			// path too
			.route(RequestPredicates.GET(path + "/{*file}").and((request) -> this.assets.find(file(request)) != null),
					(request) -> asset(request, file(request)))
			.GET(path + "/api/session", (request) -> answer(() -> session(request)));
		for (Operations.Operation operation : Operations.of(pages)) {
			String operationPath = path + "/api/" + operation.path();
			if (operation.access() == Access.WRITE) {
				routes.POST(operationPath, (request) -> answer(() -> perform(operation, request)));
			}
			else {
				routes.GET(operationPath, (request) -> answer(() -> perform(operation, request)));
			}
		}
		return routes.build();
	}

	private ServerResponse asset(ServerRequest request, String path) {
		Asset asset = this.assets.find(path);
		if (asset == null) {
			return headers(ServerResponse.status(HttpStatus.NOT_FOUND)).build();
		}
		return request.checkNotModified(asset.tag())
			.orElseGet(() -> headers(ServerResponse.ok()).eTag(asset.tag())
				.cacheControl(CacheControl.noCache())
				.contentType(asset.type())
				.body(asset.content()));
	}

	private Session session(ServerRequest request) {
		ServletCaller caller = new ServletCaller(request.servletRequest());
		this.policy.check(Access.READ, caller);
		Map<String, String> headers = new HashMap<>(caller.csrfHeaders());
		headers.put(AccessPolicy.TOKEN_HEADER, this.policy.token());
		return new Session(this.settings.application(), caller.user(), refusal(Access.CONTENTS, caller),
				refusal(Access.WRITE, caller), headers);
	}

	private @Nullable String refusal(Access access, Caller caller) {
		try {
			this.policy.checkRole(access, caller);
			return null;
		}
		catch (AccessRefusedException ex) {
			return ex.getMessage();
		}
	}

	private @Nullable Object perform(Operations.Operation operation, ServerRequest request) throws Exception {
		this.policy.check(operation.access(), new ServletCaller(request.servletRequest()));
		return operation.action().perform(new ServletConsoleRequest(request, this.mapper));
	}

	private ServerResponse answer(Answer answer) {
		try {
			Object value = answer.get();
			return (value != null) ? json(HttpStatus.OK, MediaType.APPLICATION_JSON, value)
					: problem(Problem.notFound("such thing"));
		}
		catch (Exception ex) {
			Problem problem = Problem.of(ex);
			if (problem.status() >= 500) {
				logger.warn("An operation of the console has failed", ex);
			}
			return problem(problem);
		}
	}

	private ServerResponse problem(Problem problem) {
		return json(HttpStatus.valueOf(problem.status()), MediaType.APPLICATION_PROBLEM_JSON, problem);
	}

	private ServerResponse json(HttpStatus status, MediaType type, Object value) {
		return headers(ServerResponse.status(status)).cacheControl(CacheControl.noStore())
			.contentType(type)
			.body(this.mapper.writeValueAsBytes(value));
	}

	private static String file(ServerRequest request) {
		return request.pathVariable("file").substring(1);
	}

	private static <B extends ServerResponse.HeadersBuilder<B>> B headers(B response) {
		return response.header("Content-Security-Policy", SECURITY_POLICY)
			.header("X-Frame-Options", "DENY")
			.header("X-Content-Type-Options", "nosniff")
			.header("Referrer-Policy", "no-referrer")
			.header(HttpHeaders.VARY, HttpHeaders.COOKIE);
	}

	/**
	 * Finds out what the answer is.
	 */
	@FunctionalInterface
	private interface Answer {

		@Nullable Object get() throws Exception;

	}

}
