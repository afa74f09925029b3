package dev.millrace.request;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;

import dev.millrace.handler.Deliveries;
import dev.millrace.publisher.RecordSender;

/**
 * What requests need to reach others.
 *
 * @param sender sends requests
 * @param replyTopics makes sure that the topic of the answers exists
 * @param consumers makes consumers that read bytes and are in no group
 * @param deliveries decode answers
 */
public record RequestClients(RecordSender sender, Function<String, CompletionStage<?>> replyTopics,
		Supplier<Consumer<byte[], byte[]>> consumers, Supplier<Deliveries> deliveries) {

	/**
	 * What the topic of the answers is created with: nobody reads answers that are an
	 * hour old.
	 */
	public static final Map<String, String> REPLY_TOPIC = Map.of("retention.ms", "3600000");

	/**
	 * What a consumer needs to read answers: at once, none of a transaction that was
	 * aborted, and from what is left when the topic was created anew meanwhile.
	 */
	public static final Map<String, String> REPLY_CONSUMER = Map.of("fetch.min.bytes", "1", "isolation.level",
			"read_committed", "auto.offset.reset", "earliest", "allow.auto.create.topics", "false");

}
