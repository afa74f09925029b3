package dev.millrace.test.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.KafkaHeaders;

import dev.millrace.DeadLetterHeaders;
import dev.millrace.PublishResult;
import dev.millrace.Response;
import dev.millrace.StreamRecord;
import dev.millrace.codec.BodyWriter;
import dev.millrace.codec.EncodedBody;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * What the test kit works with. Belongs to one test at a time.
 */
public final class TestBench implements AutoCloseable {

	/** How long what the test before has left may take to come to its end. */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final ReentrantLock lock = new ReentrantLock(true);

	private final EndpointRegistry subscribers;

	private final InvocationLog invocations;

	private final VirtualTime time;

	private final Settlement settlement;

	private final TopicOffsets offsets;

	private final TopicReader reader;

	private final ProducerFactory<byte[], byte[]> producers;

	private final Producer<byte[], byte[]> producer;

	private final BodyWriter writer;

	private final Runnable reset;

	private final Restart restart;

	private boolean used;

	private Map<TopicPartition, Long> begin = new ConcurrentHashMap<>();

	/**
	 * Create the bench of an application.
	 * @param subscribers its subscribers
	 * @param invocations remembers calls of handlers
	 * @param time the time
	 * @param settlement waits
	 * @param offsets where topics end
	 * @param reader reads topics
	 * @param producers makes what sends records, for nobody else
	 * @param writer writes bodies
	 * @param reset has nothing go wrong any more
	 * @param restart has what the test before has left come to its end
	 */
	public TestBench(EndpointRegistry subscribers, InvocationLog invocations, VirtualTime time, Settlement settlement,
			TopicOffsets offsets, TopicReader reader, ProducerFactory<byte[], byte[]> producers, BodyWriter writer,
			Runnable reset, Restart restart) {
		this.subscribers = subscribers;
		this.invocations = invocations;
		this.time = time;
		this.settlement = settlement;
		this.offsets = offsets;
		this.reader = reader;
		this.producers = producers;
		this.producer = producers.createNonTransactionalProducer();
		this.writer = writer;
		this.reset = reset;
		this.restart = restart;
	}

	/**
	 * Begin a test: it sees nothing of what was before. What the test before has left to
	 * be done comes to its end first. What does not within a second is done by nobody any
	 * more, where the application may be restarted for that: not on a broker that others
	 * may use, too, and not with clients that take no part in faults. There it may still
	 * be done within this test. Another test with the same application waits meanwhile.
	 */
	public void begin() {
		this.lock.lock();
		this.reset.run();
		Map<TopicPartition, Long> ends = this.offsets.ends();
		if (this.used && !this.settlement.isSettled(this.begin, ends)) {
			endTestBefore();
			ends = this.offsets.ends();
		}
		this.used = true;
		this.begin = ends;
		this.invocations.clear();
	}

	/**
	 * End a test.
	 */
	public void end() {
		if (this.lock.isHeldByCurrentThread()) {
			this.lock.unlock();
		}
	}

	/**
	 * Send a record, and wait for the broker to have it.
	 * @param topic the topic, unless the response has one
	 * @param response the record
	 */
	public void send(String topic, Response<?> response) {
		String target = (response.topic() != null) ? response.topic() : topic;
		EncodedBody body = (response.body() != null) ? this.writer.write(response.body(), target)
				: new EncodedBody(null, List.of());
		RecordHeaders headers = new RecordHeaders(body.headers().toArray(Header[]::new));
		String id = (response.correlationId() != null) ? response.correlationId() : UUID.randomUUID().toString();
		headers.add("correlation_id", id.getBytes(StandardCharsets.UTF_8));
		if (response.replyTo() != null) {
			headers.add("reply_to", response.replyTo().getBytes(StandardCharsets.UTF_8));
		}
		response.headers().forEach((name, value) -> {
			headers.remove(name);
			headers.add(name, value.getBytes(StandardCharsets.UTF_8));
		});
		Long timestamp = (response.timestamp() != null) ? response.timestamp().toEpochMilli() : null;
		send(new ProducerRecord<>(target, response.partition(), timestamp, bytes(response.key()), body.bytes(),
				headers));
	}

	/**
	 * Wait until everything has settled.
	 * @param timeout how long, in real time
	 * @return what has not
	 */
	public List<String> settle(Duration timeout) {
		return this.settlement.await(this.begin, timeout);
	}

	/**
	 * Let time pass.
	 * @param duration the time
	 */
	public void advance(Duration duration) {
		this.time.advance(duration);
	}

	/**
	 * Read what was published to a topic since the test began.
	 * @param topic the topic
	 * @return the records
	 */
	public List<StreamRecord> records(String topic) {
		return this.reader.read(topic, this.begin);
	}

	/**
	 * Return the topics to which something was published since the test began.
	 * @return the names
	 */
	public List<String> topics() {
		return this.offsets.ends()
			.entrySet()
			.stream()
			.filter((end) -> end.getValue() > this.begin.getOrDefault(end.getKey(), 0L))
			.map((end) -> end.getKey().topic())
			.distinct()
			.sorted()
			.toList();
	}

	/**
	 * Return the calls of a subscriber's handlers since the test began.
	 * @param id the id of the subscriber
	 * @return the calls
	 */
	public List<InvocationLog.Invocation> calls(String id) {
		SubscriberEndpoint endpoint = endpoint(id);
		return this.invocations.all()
			.stream()
			.filter((call) -> call.subscriber().equals(id))
			.filter((call) -> endpoint.handlers().stream().anyMatch((own) -> own.method().equals(call.handler())))
			.toList();
	}

	/**
	 * Read what was published because of calls.
	 * @param calls the calls
	 * @return the records by where they are; what was taken back is missing
	 */
	public Map<PublishResult, StreamRecord> published(List<InvocationLog.Invocation> calls) {
		Map<PublishResult, StreamRecord> published = new HashMap<>();
		calls.stream()
			.flatMap((call) -> call.published().stream())
			.map(PublishResult::topic)
			.distinct()
			.forEach((topic) -> records(topic).forEach(
					(record) -> published.put(new PublishResult(topic, record.partition(), record.offset()), record)));
		return published;
	}

	/**
	 * Return the subscribers.
	 * @return their ids
	 */
	public List<String> subscribers() {
		return this.subscribers.all().stream().map(SubscriberEndpoint::id).toList();
	}

	/**
	 * Return what is left to be done.
	 * @return for people to read, empty when everything has settled
	 */
	public List<String> left() {
		return this.settlement.left(this.begin);
	}

	/**
	 * Return what a subscriber has committed.
	 * @param id the id of the subscriber
	 * @return the offsets, by partition
	 */
	public Map<TopicPartition, Long> committed(String id) {
		return this.offsets.committed(endpoint(id).consumer().groupId());
	}

	/**
	 * Return what a subscriber has not committed.
	 * @param id the id of the subscriber
	 * @return for people to read, empty when everything is committed
	 */
	public List<String> uncommitted(String id) {
		return this.settlement.uncommitted(endpoint(id), this.begin);
	}

	/**
	 * Return where the dead letters of a subscriber are.
	 * @param id the id of the subscriber
	 * @return the topics that have any, or might have
	 */
	public List<String> deadLetterTopics(String id) {
		SubscriberEndpoint endpoint = endpoint(id);
		List<String> sources = new ArrayList<>(endpoint.subscription().topics());
		topics().stream().filter(endpoint.subscription()::reads).forEach(sources::add);
		return sources.stream().map(endpoint.delivery().deadLetter()::topicFor).distinct().toList();
	}

	/**
	 * Read the dead letters of a subscriber.
	 * @param id the id of the subscriber
	 * @return the records of those topics, without those that are said to be another
	 * subscriber's
	 */
	public List<StreamRecord> deadLetters(String id) {
		SubscriberEndpoint endpoint = endpoint(id);
		return deadLetterTopics(id).stream()
			.flatMap((topic) -> records(topic).stream())
			.filter((letter) -> isOf(endpoint, letter))
			.toList();
	}

	/**
	 * Return a subscriber.
	 * @param id its id
	 * @return the subscriber
	 */
	public SubscriberEndpoint endpoint(String id) {
		SubscriberEndpoint endpoint = this.subscribers.find(id);
		if (endpoint == null) {
			throw new IllegalArgumentException("There is no subscriber '%s'; there are %s".formatted(id,
					this.subscribers.all().stream().map(SubscriberEndpoint::id).toList()));
		}
		return endpoint;
	}

	@Override
	public void close() {
		this.producers.reset();
	}

	private void endTestBefore() {
		List<String> left = this.settlement.await(this.begin, PATIENCE);
		if (left.isEmpty()) {
			return;
		}
		try {
			Set<String> finished = this.settlement.finishedWithPartitions(this.begin);
			this.restart.around(() -> this.settlement.skip(this.begin), (id) -> !finished.contains(id));
		}
		catch (IllegalStateException ex) {
			throw new IllegalStateException(
					"What the test before has left does not come to its end, so that this one can't begin: %s"
						.formatted(left),
					ex);
		}
	}

	private void send(ProducerRecord<byte[], byte[]> record) {
		try {
			this.producer.send(record).get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the broker", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("The broker has not taken the record", ex.getCause());
		}
	}

	// What has failed for the second time may have headers of the first in the other
	// form.
	private static boolean isOf(SubscriberEndpoint endpoint, StreamRecord letter) {
		String subscriber = letter.header("dead-letter-subscriber");
		String group = letter.header(KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP);
		boolean springs = endpoint.delivery().deadLetter().headers() == DeadLetterHeaders.SPRING;
		if (group != null && (springs || subscriber == null)) {
			return group.equals(endpoint.consumer().groupId());
		}
		return subscriber == null || subscriber.equals(endpoint.id());
	}

	private static byte @Nullable [] bytes(@Nullable Object key) {
		if (key == null || key instanceof byte[]) {
			return (byte[]) key;
		}
		return key.toString().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Stops subscribers whatever they do, and starts them again.
	 */
	@FunctionalInterface
	public interface Restart {

		/**
		 * Do something while they are stopped.
		 * @param meanwhile what to do
		 * @param concerned who is stopped, by the ids
		 */
		void around(Runnable meanwhile, Predicate<String> concerned);

	}

}
