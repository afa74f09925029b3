package dev.millrace.endpoint;

import java.util.List;

/**
 * Which failures are worth another attempt. The causes of a failure count too: the
 * outermost exception that is named, or else known as fatal, decides.
 *
 * @param retried the exceptions that are worth another attempt; empty for all that are
 * not fatal
 * @param fatal the exceptions that are not
 * @param fatalByDefault those that are not unless {@code retried} names them
 */
public record FailureTypes(List<Class<? extends Throwable>> retried, List<Class<? extends Throwable>> fatal,
		List<Class<? extends Throwable>> fatalByDefault) {

	public FailureTypes {
		retried = List.copyOf(retried);
		fatal = List.copyOf(fatal);
		fatalByDefault = List.copyOf(fatalByDefault);
	}

	/**
	 * Decide whether a failure is worth another attempt.
	 * @param failure the failure
	 * @return whether it may succeed another time
	 */
	public boolean isRetryable(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 50; depth++) {
			if (isOneOf(this.fatal, cause)) {
				return false;
			}
			if (isOneOf(this.retried, cause)) {
				return true;
			}
			if (isOneOf(this.fatalByDefault, cause)) {
				return false;
			}
			cause = cause.getCause();
		}
		return this.retried.isEmpty();
	}

	private static boolean isOneOf(List<Class<? extends Throwable>> types, Throwable failure) {
		return types.stream().anyMatch((type) -> type.isInstance(failure));
	}

}
