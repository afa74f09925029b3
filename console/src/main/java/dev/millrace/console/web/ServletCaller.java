package dev.millrace.console.web;

import java.security.Principal;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.util.ClassUtils;

/**
 * Who sends a request to a servlet.
 *
 * @param request the request
 */
record ServletCaller(HttpServletRequest request) implements Caller {

	private static final boolean SPRING_SECURITY = ClassUtils
		.isPresent("org.springframework.security.web.csrf.CsrfToken", ServletCaller.class.getClassLoader());

	@Override
	public @Nullable String header(String name) {
		return this.request.getHeader(name);
	}

	@Override
	public boolean hasRole(String role) {
		return this.request.isUserInRole(role);
	}

	@Nullable String user() {
		Principal principal = this.request.getUserPrincipal();
		return (principal != null) ? principal.getName() : null;
	}

	/**
	 * Return what Spring Security wants a POST to have.
	 * @return the headers, none where it does not protect against forged requests
	 */
	Map<String, String> csrfHeaders() {
		return SPRING_SECURITY ? Csrf.headers(this.request) : Map.of();
	}

	/**
	 * Loaded only where there is Spring Security.
	 */
	private static final class Csrf {

		static Map<String, String> headers(HttpServletRequest request) {
			return (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token)
					? Map.of(token.getHeaderName(), token.getToken()) : Map.of();
		}

	}

}
