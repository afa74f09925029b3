package dev.millrace.test;

import java.util.List;

/**
 * What was published has not had all its consequences in time.
 */
public final class NotSettledError extends AssertionError {

	NotSettledError(List<String> left, TestStory story) {
		super("Not everything has settled.%s".formatted(story.tell(left)));
	}

}
