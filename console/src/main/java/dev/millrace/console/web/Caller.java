package dev.millrace.console.web;

import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 */
interface Caller {

	/**
	 * Return a header of the request.
	 * @param name the name
	 * @return the first value, or {@code null} when there is none
	 */
	@Nullable String header(String name);

	/**
	 * Tell whether the user has a role.
	 * @param role the role
	 * @return whether somebody has signed in who has it
	 */
	boolean hasRole(String role);

}
