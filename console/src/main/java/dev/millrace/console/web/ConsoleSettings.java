package dev.millrace.console.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How the console is served, and to whom.
 *
 * @param application the name of the application, or {@code null}
 * @param path its path, without a slash at the end
 * @param role the role that changing something and contents of records need, or
 * {@code null} for none
 * @param readOnly whether nothing can be changed
 * @param development whether the application runs from the class files of a build or an
 * IDE
 * @param hosts the names of the machine by which the console may be reached where there
 * is no role, beside local ones
 */
public record ConsoleSettings(@Nullable String application, String path, @Nullable String role, boolean readOnly,
		boolean development, List<String> hosts) {

	public ConsoleSettings {
		hosts = List.copyOf(hosts);
	}

}
