package dev.millrace.autoconfigure.interfaces;

import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;

import dev.millrace.PublishResult;
import dev.millrace.Response;
import dev.millrace.Tombstone;
import dev.millrace.annotation.Key;
import dev.millrace.annotation.StreamPublisher;

/**
 * Interface of an application that publishes.
 */
public interface Orders extends Lists<String> {

	@StreamPublisher(topic = "${out}", key = "id", partition = "count",
			headers = { "source=interface", "both=declared" })
	void placed(Order order);

	@StreamPublisher(topic = "${out}", headers = "both=declared")
	PublishResult changed(@Key @Nullable String key, @Header("reason") @Nullable String reason,
			@Header("${header:both}") String both, @Headers Map<String, Object> headers, @Payload Order order);

	@StreamPublisher("${out}")
	CompletionStage<PublishResult> responded(Response<Order> order);

	@StreamPublisher("${out}")
	void cancelled(Tombstone tombstone);

	default void placed(String id) {
		placed(new Order(id, 2));
	}

	/**
	 * Body.
	 */
	record Order(String id, int count) {

	}

}
