package dev.millrace.handler;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.util.StringValueResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.Acknowledgment;
import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamOperations;
import dev.millrace.codec.BodyReader;
import dev.millrace.codec.StreamCodecs;
import dev.millrace.codec.TextConverter;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.handler.MethodBatchInvoker.SharedArgument;

/**
 * Creates the invokers of handlers. Everything about the parameters is found out here,
 * once; a call only runs the list of binders that came out.
 */
public final class HandlerMethodFactory {

	/** The id of the subscriber that has the handlers, empty when it is not known yet. */
	private final String subscriber;

	private final JsonMapper mapper;

	private final BodyReader bodyReader;

	private final BytesConverter converter;

	private final TopicPaths paths;

	private final List<ArgumentResolver> resolvers;

	private final @Nullable BeanValidation validation;

	private final InvocationObserver observer;

	private final StringValueResolver texts;

	/**
	 * Create a factory with Spring's default conversions.
	 * @param mapper the mapper that reads bodies
	 * @param validator checks arguments, or {@code null}
	 */
	public HandlerMethodFactory(JsonMapper mapper, @Nullable Validator validator) {
		this(mapper, StreamCodecs.none(), validator);
	}

	/**
	 * Create a factory with Spring's default conversions.
	 * @param mapper the mapper that reads bodies
	 * @param codecs read bodies too
	 * @param validator checks arguments, or {@code null}
	 */
	public HandlerMethodFactory(JsonMapper mapper, StreamCodecs codecs, @Nullable Validator validator) {
		this(mapper, codecs, DefaultConversionService.getSharedInstance(), validator);
	}

	/**
	 * Create a factory.
	 * @param mapper the mapper that reads bodies
	 * @param codecs read bodies too
	 * @param conversionService converts keys and headers to types that are no plain
	 * values, or {@code null}
	 * @param validator checks arguments, or {@code null}
	 */
	public HandlerMethodFactory(JsonMapper mapper, StreamCodecs codecs, ConversionService conversionService,
			@Nullable Validator validator) {
		this("", mapper, new BodyReader(mapper, codecs),
				new BytesConverter(new TextConverter(mapper), conversionService), TopicPaths.NONE,
				(validator != null) ? new BeanValidation(validator) : null, InvocationObserver.NONE, (text) -> text);
	}

	private HandlerMethodFactory(String subscriber, JsonMapper mapper, BodyReader bodyReader, BytesConverter converter,
			TopicPaths paths, @Nullable BeanValidation validation, InvocationObserver observer,
			StringValueResolver texts) {
		this.subscriber = subscriber;
		this.mapper = mapper;
		this.bodyReader = bodyReader;
		this.converter = converter;
		this.paths = paths;
		this.resolvers = resolvers(bodyReader, converter, paths);
		this.validation = validation;
		this.observer = observer;
		this.texts = texts;
	}

	/**
	 * Return a factory whose handlers are observed.
	 * @param observer hears of their calls
	 * @return the factory
	 */
	public HandlerMethodFactory observedBy(InvocationObserver observer) {
		return new HandlerMethodFactory(this.subscriber, this.mapper, this.bodyReader, this.converter, this.paths,
				this.validation, observer, this.texts);
	}

	/**
	 * Return a factory that resolves the texts of annotations.
	 * @param texts resolves placeholders and expressions
	 * @return the factory
	 */
	public HandlerMethodFactory resolving(StringValueResolver texts) {
		return new HandlerMethodFactory(this.subscriber, this.mapper, this.bodyReader, this.converter, this.paths,
				this.validation, this.observer, texts);
	}

	/**
	 * Return a factory for the handlers of one subscriber.
	 * @param endpoint the subscriber
	 * @return the factory
	 * @throws StreamConfigurationException when bodies can't be read that way
	 */
	public HandlerMethodFactory forSubscriber(SubscriberEndpoint endpoint) {
		BodySettings body = endpoint.body();
		BodyReader bodyReader = this.bodyReader.forSubscriber(body.codec(), body.contentType(), targets(endpoint),
				endpoint.describe());
		return new HandlerMethodFactory(endpoint.id(), this.mapper, bodyReader, this.converter,
				new TopicPaths(endpoint.subscription()), this.validation, this.observer, this.texts);
	}

	private static List<Type> targets(SubscriberEndpoint endpoint) {
		return endpoint.handlers()
			.stream()
			.map((handler) -> handler.signature().body())
			.map((body) -> body.fields().isEmpty() ? body.type() : JsonNode.class)
			.toList();
	}

	// The first that knows a parameter binds it; what none knows takes the body
	private static List<ArgumentResolver> resolvers(BodyReader bodyReader, BytesConverter converter, TopicPaths paths) {
		return List.of(new PayloadArgumentResolver(bodyReader), new KeyArgumentResolver(converter),
				new PathArgumentResolver(paths, converter), new HeaderArgumentResolver(converter),
				new HeadersArgumentResolver(), new RecordArgumentResolver(bodyReader, converter),
				new MetadataArgumentResolver(), new DeliveryArgumentResolver(), new StreamOperationsArgumentResolver(),
				new InfrastructureArgumentResolver());
	}

	/**
	 * Return what makes deliveries for the invokers.
	 * @return the deliveries
	 */
	public Deliveries deliveries() {
		return new Deliveries(this.bodyReader, this.paths);
	}

	/**
	 * Create the invoker of a handler.
	 * @param method the handler
	 * @return its invoker
	 * @throws StreamConfigurationException when a parameter can't be bound
	 */
	public RecordInvoker create(HandlerMethod method) {
		return create(method, this.resolvers);
	}

	/**
	 * Create what decodes, binds and validates for a handler, and does not call it.
	 * @param method the handler
	 * @return returns the arguments that the handler would be called with, as an array
	 */
	public RecordInvoker createCheck(HandlerMethod method) {
		return create(method, this.resolvers)::arguments;
	}

	/**
	 * Create what decodes, binds and validates for a handler that takes several records
	 * at once, and does not call it.
	 * @param method the handler
	 * @return returns the arguments that the handler would be called with, as an array
	 */
	public RecordInvoker createCheckForBatches(HandlerMethod method) {
		return createForBatches(method)::arguments;
	}

	/**
	 * Create the invoker of a method that handles exceptions.
	 * @param method the method
	 * @return its invoker
	 * @throws StreamConfigurationException when a parameter can't be bound
	 */
	RecordInvoker createExceptionHandler(HandlerMethod method) {
		List<ArgumentResolver> resolvers = new ArrayList<>(List.of(new ExceptionArgumentResolver()));
		resolvers.addAll(this.resolvers);
		return create(method, resolvers);
	}

	/**
	 * Create the invoker of a handler that takes several records at once.
	 * @param method the handler
	 * @return its invoker
	 * @throws StreamConfigurationException when a parameter can't be bound
	 */
	MethodBatchInvoker createForBatches(HandlerMethod method) {
		List<HandlerParameter> lists = new ArrayList<>();
		Map<Integer, SharedArgument> shared = new HashMap<>();
		for (HandlerParameter parameter : parameters(method)) {
			HandlerParameter elements = parameter.elements(this.mapper.getTypeFactory());
			if (elements != null) {
				lists.add(elements);
			}
			else if (parameter.type().getRawClass() == Acknowledgment.class) {
				shared.put(parameter.index(), BatchAcknowledgment::new);
			}
			else if (parameter.type().getRawClass() == StreamOperations.class) {
				shared.put(parameter.index(), StreamOperationsArgumentResolver::operations);
			}
			else {
				throw parameter.unsupported("takes something of one record, but its handler gets batches.",
						"Declare a List of it, or remove batch = true.");
			}
		}
		BeanValidation validation = this.validation;
		return new MethodBatchInvoker(new BeanMethod(this.subscriber, method, this.observer),
				binders(lists, this.resolvers), shared, (validation != null) ? validation.forElements(lists) : null,
				(validation != null) ? validation.forBatches(method) : null);
	}

	private MethodInvoker create(HandlerMethod method, List<ArgumentResolver> resolvers) {
		List<HandlerParameter> parameters = parameters(method);
		return new MethodInvoker(new BeanMethod(this.subscriber, method, this.observer), binders(parameters, resolvers),
				(this.validation != null) ? this.validation.forHandler(method, parameters) : null);
	}

	private List<HandlerParameter> parameters(HandlerMethod method) {
		return Arrays.stream(new AnnotatedMethod(method.method()).getMethodParameters())
			.map((parameter) -> new HandlerParameter(method, parameter, this.mapper.getTypeFactory(), this.texts))
			.toList();
	}

	private List<ArgumentBinder> binders(List<HandlerParameter> parameters, List<ArgumentResolver> resolvers) {
		List<ArgumentBinder> binders = new ArrayList<>();
		List<HandlerParameter> free = new ArrayList<>();
		for (HandlerParameter parameter : parameters) {
			ArgumentBinder binder = resolve(parameter, resolvers);
			if (binder != null) {
				binders.add(binder);
			}
			else {
				free.add(parameter);
			}
		}
		BodyArguments.checkPayload(parameters, free);
		if (!free.isEmpty()) {
			binders.add(new BodyArguments(this.mapper, this.bodyReader).binder(free));
		}
		return binders;
	}

	private static @Nullable ArgumentBinder resolve(HandlerParameter parameter, List<ArgumentResolver> resolvers) {
		for (ArgumentResolver resolver : resolvers) {
			ArgumentBinder binder = resolver.resolve(parameter);
			if (binder != null) {
				return binder;
			}
		}
		return null;
	}

}
