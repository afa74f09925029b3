package dev.millrace.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.millrace.AckPolicy;
import dev.millrace.Ordering;
import dev.millrace.RecordFunction;
import dev.millrace.StreamConfigurationException;
import dev.millrace.SubscriberSpec;
import dev.millrace.Unmatched;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.CollaboratorSettings;
import dev.millrace.endpoint.FilterSettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.TopicName;

/**
 * Subscriber that is declared in code.
 */
final class CodeSubscriber implements SubscriberSpec {

	private final String id;

	private final List<String> topics = new ArrayList<>();

	private final Map<String, String> properties = new LinkedHashMap<>();

	private final List<String> interceptors = new ArrayList<>();

	private final List<CodeHandler> handlers = new ArrayList<>();

	private @Nullable String pattern;

	private @Nullable String groupId;

	private @Nullable Integer consumers;

	private @Nullable String autoOffsetReset;

	private @Nullable Boolean autoStartup;

	private @Nullable Ordering ordering;

	private @Nullable Integer concurrency;

	private @Nullable AckPolicy ackPolicy;

	private @Nullable Boolean exactlyOnce;

	private @Nullable Unmatched unmatched;

	private @Nullable Boolean reply;

	private @Nullable Integer attempts;

	private @Nullable Duration delay;

	private @Nullable String deadLetterTopic;

	CodeSubscriber(String id) {
		this.id = id;
	}

	@Override
	public SubscriberSpec topics(String... topics) {
		this.topics.addAll(List.of(topics));
		return this;
	}

	@Override
	public SubscriberSpec pattern(String pattern) {
		this.pattern = pattern;
		return this;
	}

	@Override
	public SubscriberSpec groupId(String groupId) {
		this.groupId = groupId;
		return this;
	}

	@Override
	public SubscriberSpec consumers(int consumers) {
		this.consumers = consumers;
		return this;
	}

	@Override
	public SubscriberSpec autoOffsetReset(String autoOffsetReset) {
		this.autoOffsetReset = autoOffsetReset;
		return this;
	}

	@Override
	public SubscriberSpec autoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
		return this;
	}

	@Override
	public SubscriberSpec property(String name, String value) {
		this.properties.put(name, value);
		return this;
	}

	@Override
	public SubscriberSpec ordering(Ordering ordering) {
		this.ordering = ordering;
		return this;
	}

	@Override
	public SubscriberSpec concurrency(int concurrency) {
		this.concurrency = concurrency;
		return this;
	}

	@Override
	public SubscriberSpec ackPolicy(AckPolicy ackPolicy) {
		this.ackPolicy = ackPolicy;
		return this;
	}

	@Override
	public SubscriberSpec exactlyOnce(boolean exactlyOnce) {
		this.exactlyOnce = exactlyOnce;
		return this;
	}

	@Override
	public SubscriberSpec unmatched(Unmatched unmatched) {
		this.unmatched = unmatched;
		return this;
	}

	@Override
	public SubscriberSpec reply(boolean reply) {
		this.reply = reply;
		return this;
	}

	@Override
	public SubscriberSpec retry(int attempts, Duration delay) {
		this.attempts = attempts;
		this.delay = delay;
		return this;
	}

	@Override
	public SubscriberSpec deadLetterTopic(String topic) {
		this.deadLetterTopic = topic;
		return this;
	}

	@Override
	public SubscriberSpec interceptors(String... beans) {
		this.interceptors.addAll(List.of(beans));
		return this;
	}

	@Override
	public <T> SubscriberSpec handle(Class<T> bodyType, RecordFunction<? super T> function,
			Consumer<HandlerSpec> specification) {
		CodeHandler handler = new CodeHandler(new FunctionHandler<>(bodyType, function).method(this.id));
		specification.accept(handler);
		this.handlers.add(handler);
		return this;
	}

	SubscriberEndpoint assemble(EndpointAssembler assembler, ExceptionHandlerReader exceptionHandlers) {
		String where = "Subscriber '" + this.id + "'";
		if (this.handlers.isEmpty()) {
			throw new StreamConfigurationException("%s has no handler.".formatted(where),
					"Give its specification one: handle(...).");
		}
		return assembler.assemble(this.id, where, new SubscriptionReader(where, "").read(this.topics, this.pattern),
				List.of(settings()), new CollaboratorSettings(this.interceptors, null),
				this.handlers.stream().map((handler) -> handler.assemble(exceptionHandlers)).toList());
	}

	private SubscriberSettings settings() {
		return new SubscriberSettings(
				new SubscriberSettings.Consumer(this.groupId, null, this.consumers, this.autoOffsetReset,
						this.autoStartup, this.properties),
				new SubscriberSettings.Flow(this.ordering, this.concurrency, null, null, null, null, null,
						SubscriberSettings.Batch.NONE),
				new SubscriberSettings.Delivery(this.ackPolicy, this.exactlyOnce, this.unmatched, this.reply),
				SubscriberSettings.Body.NONE, new SubscriberSettings.Retry(this.attempts, null, this.delay, null, null,
						null, List.of(), List.of(), null, null, null),
				new SubscriberSettings.DeadLetter(null, this.deadLetterTopic, null));
	}

	/**
	 * Handler that is declared in code.
	 */
	private static final class CodeHandler implements HandlerSpec {

		private final HandlerMethod method;

		private final List<PublisherEndpoint> publishers = new ArrayList<>();

		private @Nullable FilterSettings filter;

		CodeHandler(HandlerMethod method) {
			this.method = method;
		}

		@Override
		public HandlerSpec filter(String expression) {
			this.filter = new FilterSettings(null, Map.of(), expression, null);
			return this;
		}

		@Override
		public HandlerSpec publishTo(String topic) {
			return publisher(topic, null);
		}

		@Override
		public HandlerSpec publishTo(String topic, String key) {
			return publisher(topic, key);
		}

		private HandlerSpec publisher(String topic, @Nullable String key) {
			TopicName.check(topic, this.method.describe());
			this.publishers.add(new PublisherEndpoint(topic, key, null, Map.of(), BodySettings.NONE, List.of()));
			return this;
		}

		HandlerEndpoint assemble(ExceptionHandlerReader exceptionHandlers) {
			return new HandlerEndpoint(this.method, this.filter, exceptionHandlers.of(this.method), this.publishers);
		}

	}

}
