package dev.millrace;

import java.util.Map;
import java.util.TreeMap;

/**
 * Thrown by the handler of a batch to name the records that have failed; all others have
 * succeeded. A handler that has something to return names them by a {@link BatchResult}
 * instead.
 * <p>
 * Any other exception says nothing about a single record, so that all of them are tried
 * again, but with fewer and fewer others and alone in the end. Spring Kafka's
 * {@code BatchListenerFailedException} is understood too: those before the one that it
 * names have succeeded, those behind it have not been handled.
 */
public final class BatchFailedException extends StreamException {

	private final Map<Integer, Throwable> failures;

	/**
	 * Create an exception for one record.
	 * @param index the index of the record in the lists that the handler was called with
	 * @param cause why it has failed
	 */
	public BatchFailedException(int index, Throwable cause) {
		this(Map.of(index, cause));
	}

	/**
	 * Create an exception for several records.
	 * @param failures why they have failed, by their indices in the lists that the
	 * handler was called with
	 */
	public BatchFailedException(Map<Integer, ? extends Throwable> failures) {
		super("%d records of the batch have failed".formatted(failures.size()),
				failures.values().stream().findFirst().orElse(null));
		this.failures = Map.copyOf(new TreeMap<>(failures));
	}

	/**
	 * Return those that have failed.
	 * @return why, by their indices
	 */
	public Map<Integer, Throwable> failures() {
		return this.failures;
	}

}
