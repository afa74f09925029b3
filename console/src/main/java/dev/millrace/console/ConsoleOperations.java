package dev.millrace.console;

/**
 * Takes the operations that pages call. A path is relative to {@code api/}; what a page
 * has to say beside it are parameters or a body. What kind an operation is decides who
 * may perform it, so that none forgets to ask.
 */
public interface ConsoleOperations {

	/**
	 * Add what only looks, at figures and settings: a GET, for everybody who may see the
	 * console.
	 * @param path the path
	 * @param operation the operation
	 * @return this
	 */
	ConsoleOperations read(String path, ConsoleOperation operation);

	/**
	 * Add what looks at contents of records: a GET, for those with the role.
	 * @param path the path
	 * @param operation the operation
	 * @return this
	 */
	ConsoleOperations contents(String path, ConsoleOperation operation);

	/**
	 * Add what changes something or publishes: a POST from the console itself, for those
	 * with the role, and nobody where the console is read-only.
	 * @param path the path
	 * @param operation the operation
	 * @return this
	 */
	ConsoleOperations write(String path, ConsoleOperation operation);

}
