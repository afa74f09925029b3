package dev.millrace.failure;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

import dev.millrace.DecodingException;

/**
 * Failure as it is logged. What could not be decoded is no content of a log: decoders put
 * parts of it into the messages of their exceptions, of which only the kind is left here,
 * and the place. A handler's own exceptions are logged as they are.
 */
public final class LoggedFailure extends Exception {

	private final String description;

	private LoggedFailure(Throwable failure, String description, @Nullable Throwable cause) {
		super(description, cause, false, true);
		this.description = description;
		setStackTrace(failure.getStackTrace());
	}

	/**
	 * Return what is to be logged of a failure.
	 * @param failure the failure
	 * @return the failure itself, or what is left of it without the contents of a record
	 */
	public static Throwable of(Throwable failure) {
		return hasContents(failure) ? stripped(failure) : failure;
	}

	@Override
	public String toString() {
		return this.description;
	}

	private static boolean hasContents(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof DecodingException && cause.getCause() != null) {
				return true;
			}
		}
		return false;
	}

	private static Throwable stripped(Throwable failure) {
		Throwable cause = failure.getCause();
		if (failure instanceof DecodingException) {
			return new LoggedFailure(failure, (cause != null) ? failure + ": " + kind(cause) : failure.toString(),
					null);
		}
		return (cause != null) ? new LoggedFailure(failure, withoutMessage(failure, cause), stripped(cause)) : failure;
	}

	// A message may be that of the cause.
	private static String withoutMessage(Throwable failure, Throwable cause) {
		String message = failure.getMessage();
		boolean repeated = message != null && cause.getMessage() != null && message.contains(cause.getMessage());
		return repeated ? failure.getClass().getName() : failure.toString();
	}

	private static String kind(Throwable cause) {
		String name = cause.getClass().getName();
		TokenStreamLocation location = (cause instanceof JacksonException json) ? json.getLocation() : null;
		return (location != null)
				? "%s at line %d, column %d".formatted(name, location.getLineNr(), location.getColumnNr()) : name;
	}

}
