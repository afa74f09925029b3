package dev.millrace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why some of several records were not published. All others were.
 */
public final class PublishException extends StreamException {

	private final transient Map<Integer, Throwable> failures;

	/**
	 * Create an exception.
	 * @param message what was to be published
	 * @param failures why it was not, by the number of the record from 0; at least one
	 */
	public PublishException(String message, Map<Integer, Throwable> failures) {
		super(message, failures.values().iterator().next());
		this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
	}

	/**
	 * Return which records were not published.
	 * @return the failures by the number of the record, from 0 and in its order
	 */
	public Map<Integer, Throwable> failures() {
		return this.failures;
	}

}
