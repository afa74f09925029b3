package dev.millrace.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

import dev.millrace.AckPolicy;
import dev.millrace.BatchFunction;
import dev.millrace.DeadLetterHeaders;
import dev.millrace.DocumentationSpec;
import dev.millrace.HandlerSpec;
import dev.millrace.Ordering;
import dev.millrace.RecordFunction;
import dev.millrace.RetrySpec;
import dev.millrace.StreamConfigurationException;
import dev.millrace.SubscriberSpec;
import dev.millrace.Unmatched;
import dev.millrace.config.PartitionReader.NamedPartitions;
import dev.millrace.endpoint.CollaboratorSettings;
import dev.millrace.endpoint.Documentation;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;

/**
 * Subscriber that is declared in code.
 */
final class CodeSubscriber implements SubscriberSpec {

	private final String id;

	private final List<String> topics = new ArrayList<>();

	private final List<NamedPartitions> partitions = new ArrayList<>();

	private final Map<String, String> properties = new LinkedHashMap<>();

	private final List<String> interceptors = new ArrayList<>();

	private final List<CodeHandler> handlers = new ArrayList<>();

	private final CodeRetry retry = new CodeRetry();

	private @Nullable String pattern;

	private @Nullable String groupId;

	private @Nullable String clientId;

	private @Nullable Integer consumers;

	private @Nullable String autoOffsetReset;

	private @Nullable Boolean autoStartup;

	private @Nullable Ordering ordering;

	private @Nullable Integer concurrency;

	private @Nullable Double maxRate;

	private @Nullable Boolean batch;

	private @Nullable Integer maxRecords;

	private @Nullable Duration maxWait;

	private @Nullable AckPolicy ackPolicy;

	private @Nullable Boolean exactlyOnce;

	private @Nullable Unmatched unmatched;

	private @Nullable Boolean reply;

	private @Nullable String codec;

	private @Nullable String contentType;

	private @Nullable String rebalanceListener;

	private @Nullable Boolean deadLetters;

	private @Nullable String deadLetterTopic;

	private @Nullable DeadLetterHeaders deadLetterHeaders;

	private Documentation documentation = Documentation.NONE;

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
	public SubscriberSpec partitions(String topic, String offset, int... partitions) {
		this.partitions
			.add(new NamedPartitions(topic, Arrays.stream(partitions).mapToObj(String::valueOf).toList(), offset));
		return this;
	}

	@Override
	public SubscriberSpec groupId(String groupId) {
		this.groupId = groupId;
		return this;
	}

	@Override
	public SubscriberSpec clientId(String clientId) {
		this.clientId = clientId;
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
	public SubscriberSpec maxRate(double maxRate) {
		this.maxRate = maxRate;
		return this;
	}

	@Override
	public SubscriberSpec maxRecords(int maxRecords) {
		this.maxRecords = maxRecords;
		return this;
	}

	@Override
	public SubscriberSpec maxWait(Duration maxWait) {
		this.maxWait = maxWait;
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
	public SubscriberSpec codec(String bean) {
		this.codec = bean;
		return this;
	}

	@Override
	public SubscriberSpec contentType(String contentType) {
		this.contentType = contentType;
		return this;
	}

	@Override
	public SubscriberSpec rebalanceListener(String bean) {
		this.rebalanceListener = bean;
		return this;
	}

	@Override
	public SubscriberSpec retry(Consumer<RetrySpec> specification) {
		specification.accept(this.retry);
		return this;
	}

	@Override
	public SubscriberSpec deadLetters(boolean enabled) {
		this.deadLetters = enabled;
		return this;
	}

	@Override
	public SubscriberSpec deadLetterTopic(String topic) {
		this.deadLetterTopic = topic;
		return this;
	}

	@Override
	public SubscriberSpec deadLetterHeaders(DeadLetterHeaders headers) {
		this.deadLetterHeaders = headers;
		return this;
	}

	@Override
	public SubscriberSpec interceptors(String... beans) {
		this.interceptors.addAll(List.of(beans));
		return this;
	}

	@Override
	public SubscriberSpec documentation(Consumer<DocumentationSpec> specification) {
		this.documentation = CodeDocumentation.of(specification);
		return this;
	}

	@Override
	public <T> SubscriberSpec handle(ParameterizedTypeReference<T> bodyType, RecordFunction<? super T> function,
			Consumer<HandlerSpec> specification) {
		return handler(new FunctionHandler<T>(function), bodyType, specification);
	}

	@Override
	public <T> SubscriberSpec handleBatch(ParameterizedTypeReference<T> bodyType, BatchFunction<T> function,
			Consumer<HandlerSpec> specification) {
		this.batch = true;
		return handler(new BatchFunctionHandler<>(function), bodyType, specification);
	}

	private SubscriberSpec handler(Object function, ParameterizedTypeReference<?> bodyType,
			Consumer<HandlerSpec> specification) {
		CodeHandler handler = new CodeHandler(this.id, function, bodyType);
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
		Subscription subscription = new SubscriptionReader(where, "").read(this.topics, this.pattern, this.partitions);
		return assembler.assemble(this.id, where, subscription, List.of(new SettingsSource("code", settings())),
				new CollaboratorSettings(this.interceptors, this.rebalanceListener),
				this.handlers.stream().map((handler) -> handler.assemble(exceptionHandlers)).toList(),
				this.documentation);
	}

	private SubscriberSettings settings() {
		return new SubscriberSettings(
				new SubscriberSettings.Consumer(this.groupId, this.clientId, this.consumers, this.autoOffsetReset,
						this.autoStartup, this.properties),
				new SubscriberSettings.Flow(this.ordering, this.concurrency, this.maxRate, null, null, null, null,
						new SubscriberSettings.Batch(this.batch, this.maxRecords, this.maxWait)),
				new SubscriberSettings.Delivery(this.ackPolicy, this.exactlyOnce, this.unmatched, this.reply),
				new SubscriberSettings.Body(this.codec, this.contentType), this.retry.settings(),
				new SubscriberSettings.DeadLetter(this.deadLetters, this.deadLetterTopic, this.deadLetterHeaders));
	}

}
