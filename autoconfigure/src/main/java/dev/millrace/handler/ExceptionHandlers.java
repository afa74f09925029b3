package dev.millrace.handler;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Methods that handle exceptions. Those of one class are asked together: the one whose
 * type is the nearest gets the exception.
 */
final class ExceptionHandlers {

	private final List<List<Candidate>> classes;

	/**
	 * Create the handlers.
	 * @param classes those of each class, in the order in which the classes are asked
	 */
	ExceptionHandlers(List<List<Candidate>> classes) {
		this.classes = List.copyOf(classes);
	}

	@Nullable RecordInvoker find(Throwable failure) {
		for (List<Candidate> candidates : this.classes) {
			RecordInvoker nearest = nearest(candidates, failure.getClass());
			if (nearest != null) {
				return nearest;
			}
		}
		return null;
	}

	private static @Nullable RecordInvoker nearest(List<Candidate> candidates, Class<?> failure) {
		for (Class<?> type = failure; type != null; type = type.getSuperclass()) {
			for (Candidate candidate : candidates) {
				if (candidate.type() == type) {
					return candidate.invoker();
				}
			}
		}
		return null;
	}

	/**
	 * Method and one of the types that it handles.
	 *
	 * @param type the type
	 * @param invoker calls the method
	 */
	record Candidate(Class<? extends Throwable> type, RecordInvoker invoker) {

	}

}
