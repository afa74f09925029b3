package dev.millrace.handler;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import dev.millrace.AckRecord;
import dev.millrace.HandledRecord;
import dev.millrace.NackRecord;
import dev.millrace.RecordControl;
import dev.millrace.RejectRecord;
import dev.millrace.codec.BodyReader;
import dev.millrace.publisher.RecordScope;

/**
 * One attempt to handle a record: the record, and what its handler has decided about it.
 * The decision is safe for use by several threads.
 */
public final class Delivery implements HandledRecord {

	private final ConsumerRecord<byte[], byte[]> source;

	private final int attempt;

	private final BodyReader bodies;

	private final TopicPaths paths;

	private final @Nullable Throwable failure;

	/** Has the decision and the attributes. */
	private final Delivery original;

	private @Nullable Map<Type, @Nullable Object> decoded;

	private @Nullable Map<String, Object> attributes;

	private volatile @Nullable CompletableFuture<RecordControl> decision;

	private @Nullable RecordScope scope;

	Delivery(ConsumerRecord<byte[], byte[]> source, int attempt, BodyReader bodies, TopicPaths paths) {
		this.source = source;
		this.attempt = attempt;
		this.bodies = bodies;
		this.paths = paths;
		this.failure = null;
		this.original = this;
	}

	private Delivery(Delivery original, ConsumerRecord<byte[], byte[]> source, @Nullable Throwable failure) {
		this.source = source;
		this.attempt = original.attempt;
		this.bodies = original.bodies;
		this.paths = original.paths;
		this.failure = failure;
		this.original = original.original;
	}

	/**
	 * Return the same delivery with another record in the place of its own.
	 * @param record what handlers are to see
	 * @return a view of this delivery
	 */
	Delivery seenAs(ConsumerRecord<byte[], byte[]> record) {
		return new Delivery(this, record, this.failure);
	}

	/**
	 * Return the same delivery for those who handle what it has failed with.
	 * @param failure what it has failed with
	 * @return a view of this delivery
	 */
	Delivery failed(Throwable failure) {
		return new Delivery(this, this.source, failure);
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	@Override
	public ConsumerRecord<byte[], byte[]> source() {
		return this.source;
	}

	@Override
	public @Nullable String key() {
		return text(this.source.key());
	}

	@Override
	public @Nullable String header(String name) {
		Header header = this.source.headers().lastHeader(name);
		return (header != null) ? text(header.value()) : null;
	}

	@Override
	public Map<String, @Nullable String> headers() {
		Map<String, @Nullable String> headers = new LinkedHashMap<>();
		this.source.headers().forEach((header) -> headers.put(header.key(), text(header.value())));
		return headers;
	}

	@Override
	public String contentType() {
		return this.bodies.contentType(this.source);
	}

	@Override
	public @Nullable Object body() {
		return body(Object.class);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T body(Class<T> type) {
		return (T) ClassUtils.resolvePrimitiveIfNecessary(type).cast(body((Type) type));
	}

	@Override
	public @Nullable Object body(Type type) {
		Map<Type, @Nullable Object> decoded = this.decoded;
		if (decoded == null) {
			decoded = new HashMap<>();
			this.decoded = decoded;
		}
		else if (decoded.containsKey(type)) {
			return decoded.get(type);
		}
		Object body = this.bodies.read(this.source, type);
		decoded.put(type, body);
		return body;
	}

	@Override
	public Map<String, String> path() {
		return this.paths.of(this.source.topic());
	}

	@Override
	public int attempt() {
		return this.attempt;
	}

	@Override
	public Map<String, Object> attributes() {
		Map<String, Object> attributes = this.original.attributes;
		if (attributes == null) {
			attributes = new HashMap<>();
			this.original.attributes = attributes;
		}
		return attributes;
	}

	@Override
	public void ack() {
		decide(new AckRecord());
	}

	@Override
	public void nack(Duration delay) {
		decide(new NackRecord(delay));
	}

	@Override
	public void reject() {
		decide(new RejectRecord());
	}

	/**
	 * Set what the handler's own publishing belongs to. Called before the handler is.
	 * @param scope the scope, or {@code null} when no handler publishes by itself
	 */
	public void scope(@Nullable RecordScope scope) {
		this.original.scope = scope;
	}

	/**
	 * Return what the handler's own publishing belongs to.
	 * @return the scope, or {@code null} when no handler publishes by itself
	 */
	public @Nullable RecordScope scope() {
		return this.original.scope;
	}

	/**
	 * Return what the handler has decided so far.
	 * @return the decision, or {@code null} when there is none yet
	 */
	public @Nullable RecordControl decision() {
		CompletableFuture<RecordControl> future = this.decision;
		return (future != null) ? future.getNow(null) : null;
	}

	/**
	 * Return what the handler will have decided.
	 * @return a stage that completes with the decision, on the thread that makes it
	 */
	public CompletionStage<RecordControl> decided() {
		return future();
	}

	private void decide(RecordControl decision) {
		this.original.future().complete(decision);
	}

	private synchronized CompletableFuture<RecordControl> future() {
		CompletableFuture<RecordControl> future = this.decision;
		if (future == null) {
			future = new CompletableFuture<>();
			this.decision = future;
		}
		return future;
	}

	private static @Nullable String text(byte @Nullable [] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

}
