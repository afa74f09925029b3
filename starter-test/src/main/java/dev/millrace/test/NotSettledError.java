package dev.millrace.test;

import java.util.List;

/**
 * What was published has not had all its consequences in time.
 */
public final class NotSettledError extends AssertionError {

	NotSettledError(List<String> left, String published) {
		super("Not everything has settled:%n  %s%nPublished was:%s".formatted(String.join("%n  ".formatted(), left),
				published));
	}

}
