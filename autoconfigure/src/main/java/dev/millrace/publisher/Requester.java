package dev.millrace.publisher;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and finds their answers. Safe for use by several threads.
 */
@FunctionalInterface
public interface Requester {

	/**
	 * Send a request.
	 * @param request makes its record
	 * @param type the type of the answer
	 * @param timeout how long to wait, or {@code null} for as long as is usual
	 * @param <T> the type of the answer
	 * @return completes with the answer
	 */
	<T> CompletableFuture<@Nullable T> request(Request request, Type type, @Nullable Duration timeout);

	/**
	 * What is to be asked.
	 */
	@FunctionalInterface
	interface Request {

		/**
		 * Make the record of the request.
		 * @param id what the answer is to be known by, unless the request has a
		 * correlation id of its own
		 * @param replyTo where the answer is to go
		 * @return the record as it goes to the producer; interceptors may have made none
		 * or several of it
		 */
		List<ProducerRecord<byte[], byte[]>> records(String id, String replyTo);

	}

}
