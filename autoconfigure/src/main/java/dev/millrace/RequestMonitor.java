package dev.millrace;

/**
 * What is known about the requests of an application: a bean. Safe for use by several
 * threads.
 *
 * @see StreamOperations#request
 */
public interface RequestMonitor {

	/**
	 * Return how many requests wait for their answers.
	 * @return the number of requests
	 */
	int waiting();

	/**
	 * Return how many answers came for which nobody waited any more: after the timeout,
	 * or for the second time.
	 * @return the number of answers since the start
	 */
	long late();

}
