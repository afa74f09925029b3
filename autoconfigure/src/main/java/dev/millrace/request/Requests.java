package dev.millrace.request;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.util.Assert;

import dev.millrace.ReplyTopicException;
import dev.millrace.RequestMonitor;
import dev.millrace.RequestTimeoutException;
import dev.millrace.StreamException;
import dev.millrace.publisher.PendingSends;
import dev.millrace.publisher.RecordHeaderNames;
import dev.millrace.publisher.RecordSender;
import dev.millrace.publisher.ReplyTopics;
import dev.millrace.publisher.Requester;
import dev.millrace.publisher.Turns;

/**
 * Requests of an application. They are sent when their answers can't be missed any more
 * and their topics are known to exist.
 */
public final class Requests implements Requester, RequestMonitor, AutoCloseable {

	private static final CompletionStage<?> OPEN = CompletableFuture.completedStage(null);

	private final PendingReplies pending = new PendingReplies();

	private final RequestSettings settings;

	private final RecordSender sender;

	private final ReplyTopics topics;

	private final ReplyChannel channel;

	private final ReplyResults results;

	private final Turns turns;

	private final ExecutorService executor = ReplyThreads.create();

	/**
	 * Create the requests of an application.
	 * @param settings where answers go and how long they are waited for
	 * @param clients what they need of Kafka
	 * @param topics knows which topics exist
	 */
	public Requests(RequestSettings settings, RequestClients clients, ReplyTopics topics) {
		this.settings = settings;
		this.sender = clients.sender();
		this.topics = topics;
		this.channel = new ReplyChannel(clients.replyTopics(), clients.consumers(), this::arrived);
		this.results = new ReplyResults(clients.deliveries(), this.executor);
		this.turns = new Turns(this.executor);
	}

	@Override
	public <T> CompletableFuture<@Nullable T> request(Request request, Type type, @Nullable Duration timeout) {
		String replyTopic = this.settings.replyTopic();
		Duration patience = (timeout != null) ? timeout : this.settings.timeout();
		List<ProducerRecord<byte[], byte[]>> records = request.records(this.pending.nextId(), replyTopic);
		if (records.isEmpty()) {
			return CompletableFuture.failedFuture(new StreamException("An interceptor has left the request out"));
		}
		try {
			return request(records, replyTopic, type, patience);
		}
		catch (StreamException ex) {
			PendingSends.abandon(records, ex);
			return CompletableFuture.failedFuture(ex);
		}
		catch (RuntimeException ex) {
			PendingSends.abandon(records, ex);
			throw ex;
		}
	}

	private <T> CompletableFuture<@Nullable T> request(List<ProducerRecord<byte[], byte[]>> records, String replyTopic,
			Type type, Duration patience) {
		ProducerRecord<byte[], byte[]> first = records.get(0);
		String id = id(first.headers());
		Assert.state(id != null, "An interceptor has removed the correlation id of the request");
		CompletableFuture<ConsumerRecord<byte[], byte[]>> reply = this.pending.open(id, patience);
		CompletionStage<?> opening = opening(replyTopic, first.topic());
		if (opening == null && this.turns.isFree()) {
			send(records, reply, null);
		}
		else {
			CompletionStage<?> before = (opening != null) ? opening : OPEN;
			this.turns.take(before, (opened, failure) -> send(records, reply, failure));
		}
		return this.results.of(reply, type, (failure) -> describe(failure, first.topic(), patience));
	}

	@Override
	public int waiting() {
		return this.pending.size();
	}

	@Override
	public long late() {
		return this.pending.late();
	}

	@Override
	public void close() {
		this.channel.close();
		this.pending.fail(new StreamException("The application has stopped before the answer came"));
		this.executor.shutdown();
	}

	private @Nullable CompletionStage<?> opening(String replyTopic, String topic) {
		CompletionStage<?> channel = this.channel.open(replyTopic);
		CompletionStage<?> known = this.topics.lookUp(topic);
		if (channel == null || known == null) {
			return (channel != null) ? channel : known;
		}
		return channel.thenCombine(known, (open, exists) -> open);
	}

	private void send(List<ProducerRecord<byte[], byte[]>> request,
			CompletableFuture<ConsumerRecord<byte[], byte[]>> reply, @Nullable Throwable failure) {
		if (failure != null) {
			PendingSends.abandon(request, failure);
			reply.completeExceptionally(failure);
		}
		else if (reply.isDone()) {
			PendingSends.abandon(request, new StreamException("Nobody waits for the answer any more"));
		}
		else {
			this.sender.send(request, (unsent, problem) -> {
				if (problem != null) {
					reply.completeExceptionally(problem);
				}
			});
		}
	}

	private void arrived(ConsumerRecord<byte[], byte[]> record) {
		String id = id(record.headers());
		if (id != null) {
			this.pending.arrived(id, record);
		}
	}

	private static @Nullable String id(Headers headers) {
		String id = ReplyResults.text(headers, RecordHeaderNames.CORRELATION_ID);
		return (id != null) ? id : ReplyResults.text(headers, KafkaHeaders.CORRELATION_ID);
	}

	private static Throwable describe(Throwable failure, String topic, Duration timeout) {
		Throwable cause = failure;
		while ((cause instanceof CompletionException || cause instanceof KafkaException) && cause.getCause() != null) {
			cause = cause.getCause();
		}
		if (cause instanceof TimeoutException) {
			return new RequestTimeoutException(
					"No answer to the request to '%s' came within %d ms".formatted(topic, timeout.toMillis()));
		}
		if (cause instanceof ReplyTopicException) {
			return new StreamException("Nobody can be asked in the topic '%s'".formatted(topic), cause.getCause());
		}
		return cause;
	}

}
