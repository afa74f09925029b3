package dev.millrace.console;

/**
 * The part of a page that is on the server, a bean: the operations that its script calls.
 */
public interface ConsolePage {

	/**
	 * Add the operations. Called once, before the first request.
	 * @param operations takes them
	 */
	void addTo(ConsoleOperations operations);

}
