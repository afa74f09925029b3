package dev.millrace.autoconfigure.interfaces;

import java.util.List;

import dev.millrace.annotation.StreamPublisher;

/**
 * Method that others inherit.
 *
 * @param <T> the type of the elements
 */
interface Lists<T> {

	@StreamPublisher(topic = "${out}", key = "get(0)")
	void listed(List<T> elements);

}
