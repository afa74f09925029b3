package dev.millrace.handler;

import org.jspecify.annotations.Nullable;

/**
 * Calls a handler with a record. Safe for use by several threads.
 */
@FunctionalInterface
public interface RecordInvoker {

	/**
	 * Decode the record, bind and validate the arguments, and call the handler once.
	 * @param delivery the record and what the handler decides about it
	 * @return what the handler returned
	 * @throws Exception what the handler threw; a {@code DecodingException} when an
	 * argument can't be had from the record; a {@code ConstraintViolationException} when
	 * one is not valid
	 */
	@Nullable Object invoke(Delivery delivery) throws Exception;

}
