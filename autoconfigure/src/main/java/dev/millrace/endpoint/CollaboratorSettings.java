package dev.millrace.endpoint;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Beans that a subscriber names.
 *
 * @param interceptors those that wrap the handling of its records, beside those for all
 * subscribers, the outermost first
 * @param rebalanceListener the one that is told about rebalances, or {@code null}
 */
public record CollaboratorSettings(List<String> interceptors, @Nullable String rebalanceListener) {

	/**
	 * No beans.
	 */
	public static final CollaboratorSettings NONE = new CollaboratorSettings(List.of(), null);

	public CollaboratorSettings {
		interceptors = List.copyOf(interceptors);
	}

}
