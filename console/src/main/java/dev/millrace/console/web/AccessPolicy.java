package dev.millrace.console.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what. Whether somebody may see the console at all is the
 * application's decision, by Spring Security for instance; here it is about contents and
 * changes.
 * <p>
 * What changes something must come from a page of the console itself: the browser says
 * so, and the page knows a token that no page of another origin can read. Where there is
 * no role, in development, another site could still make its own name resolve to this
 * machine and then be of the same origin; so the console answers only to names for which
 * that can't be done.
 */
final class AccessPolicy {

	/**
	 * Header with the token.
	 */
	static final String TOKEN_HEADER = "X-Millrace-Token";

	private final ConsoleSettings settings;

	private final String token;

	AccessPolicy(ConsoleSettings settings) {
		this.settings = settings;
		byte[] random = new byte[24];
		new SecureRandom().nextBytes(random);
		this.token = HexFormat.of().formatHex(random);
	}

	/**
	 * Return the token that a change needs.
	 * @return the token, another one after each start
	 */
	String token() {
		return this.token;
	}

	/**
	 * Check a request.
	 * @param access what it needs
	 * @param caller who sends it
	 * @throws AccessRefusedException when it is refused
	 */
	void check(Access access, Caller caller) {
		checkHost(caller);
		if (access == Access.WRITE) {
			checkOrigin(caller);
			checkToken(caller);
		}
		checkRole(access, caller);
	}

	/**
	 * Check what only depends on the user.
	 * @param access what is wanted
	 * @param caller who wants it
	 * @throws AccessRefusedException when it is refused
	 */
	void checkRole(Access access, Caller caller) {
		if (access == Access.WRITE && this.settings.readOnly()) {
			throw new AccessRefusedException("read-only",
					"The console is read-only. Set millrace.console.read-only=false and millrace.console.role to change something here.");
		}
		String role = this.settings.role();
		if (access == Access.READ || (role == null && this.settings.development())) {
			return;
		}
		if (role == null) {
			throw new AccessRefusedException("no-role",
					"Contents of records are shown to those with a role only. Set millrace.console.role.");
		}
		if (!caller.hasRole(role)) {
			throw new AccessRefusedException("role", "This needs the role '" + role
					+ "'. Sign in as a user who has it, or change millrace.console.role.");
		}
	}

	private void checkHost(Caller caller) {
		if (this.settings.role() != null || !this.settings.development()) {
			return;
		}
		String host = host(caller);
		if (!isLocal(host) && !this.settings.hosts().contains(host)) {
			throw new AccessRefusedException("host", "Without a role, the console does not answer to the name '" + host
					+ "', which might be another site's. Open it as localhost, or name it in millrace.console.hosts.");
		}
	}

	private static void checkOrigin(Caller caller) {
		String site = caller.header("Sec-Fetch-Site");
		String origin = caller.header("Origin");
		boolean own = (site != null) ? site.equals("same-origin")
				: (origin == null || authority(origin).equalsIgnoreCase(String.valueOf(caller.header("Host"))));
		if (!own) {
			throw new AccessRefusedException("origin",
					"The request comes from another site. Changes are made from the console's own pages only.");
		}
	}

	private void checkToken(Caller caller) {
		String given = caller.header(TOKEN_HEADER);
		if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8),
				this.token.getBytes(StandardCharsets.UTF_8))) {
			throw new AccessRefusedException("token", "The header " + TOKEN_HEADER
					+ " does not have the token of this start of the application. Load the page again.");
		}
	}

	private static String authority(String origin) {
		try {
			return String.valueOf(URI.create(origin).getRawAuthority());
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	private static String host(Caller caller) {
		@Nullable String header = caller.header("Host");
		return (header != null) ? header.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT) : "";
	}

	// A name with a dot may be anybody's, an address or a name without one can't.
	private static boolean isLocal(String host) {
		return !host.contains(".") || host.endsWith(".localhost") || host.matches("[0-9.]+") || host.startsWith("[");
	}

}
