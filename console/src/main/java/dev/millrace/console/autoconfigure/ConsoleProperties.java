package dev.millrace.console.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the console.
 */
@ConfigurationProperties("millrace.console")
public class ConsoleProperties {

	/**
	 * Whether the console is served. By default it is when the application runs from the
	 * class files of a build or an IDE; what is packaged has to ask for it, and to say
	 * for which role.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Path of the console, beginning with a slash.
	 */
	private String path = "/millrace";

	/**
	 * Role that users need to change something, to publish, and to see contents of
	 * records, without Spring Security's prefix. What is packaged must have one unless
	 * the console is read-only.
	 */
	private @Nullable String role;

	/**
	 * Whether nothing can be changed or published in the console, whoever asks.
	 */
	private boolean readOnly;

	/**
	 * Names of the machine by which the console may be opened while there is no role,
	 * beside localhost, addresses and names without a dot.
	 */
	private List<String> hosts = new ArrayList<>();

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public String getPath() {
		return this.path;
	}

	public void setPath(String path) {
		this.path = path;
	}

	public @Nullable String getRole() {
		return this.role;
	}

	public void setRole(@Nullable String role) {
		this.role = role;
	}

	public boolean isReadOnly() {
		return this.readOnly;
	}

	public void setReadOnly(boolean readOnly) {
		this.readOnly = readOnly;
	}

	public List<String> getHosts() {
		return this.hosts;
	}

	public void setHosts(List<String> hosts) {
		this.hosts = hosts;
	}

}
