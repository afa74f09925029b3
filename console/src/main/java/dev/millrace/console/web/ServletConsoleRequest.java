package dev.millrace.console.web;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.console.ConsoleRequest;

/**
 * Request of a page to a servlet.
 */
final class ServletConsoleRequest implements ConsoleRequest {

	private final ServerRequest request;

	private final JsonMapper mapper;

	ServletConsoleRequest(ServerRequest request, JsonMapper mapper) {
		this.request = request;
		this.mapper = mapper;
	}

	@Override
	public @Nullable String parameter(String name) {
		return this.request.param(name).filter(StringUtils::hasLength).orElse(null);
	}

	@Override
	public <T> T body(Class<T> type) {
		try {
			byte[] body = this.request.body(byte[].class);
			return this.mapper.readValue((body.length > 0) ? body : "{}".getBytes(), type);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The body can't be read: " + ex.getOriginalMessage(), ex);
		}
		catch (IOException | ServletException ex) {
			throw new IllegalArgumentException("The body can't be read: " + ex.getMessage(), ex);
		}
	}

	@Override
	public @Nullable String user() {
		return new ServletCaller(this.request.servletRequest()).user();
	}

}
