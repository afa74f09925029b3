package dev.millrace.console;

import org.jspecify.annotations.Nullable;

/**
 * What a page calls. Performed by the thread of the request, by several at a time.
 */
@FunctionalInterface
public interface ConsoleOperation {

	/**
	 * Perform the operation.
	 * @param request what is asked for
	 * @return what becomes the JSON of the answer; {@code null} when what is asked for
	 * does not exist
	 * @throws IllegalArgumentException when the request makes no sense; the message is
	 * shown to the user
	 * @throws Exception when it can't be performed; the message is shown to the user too
	 */
	@Nullable Object perform(ConsoleRequest request) throws Exception;

}
