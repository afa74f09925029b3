package dev.millrace.config;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

import dev.millrace.DocumentationSpec;
import dev.millrace.HandlerSpec;
import dev.millrace.HandlerSpec.PublisherSpec;
import dev.millrace.StreamRecord;
import dev.millrace.endpoint.Documentation;
import dev.millrace.endpoint.FilterSettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.TopicName;

/**
 * Handler that is declared in code.
 */
final class CodeHandler implements HandlerSpec {

	private final String id;

	private final Object function;

	private final ResolvableType bodyType;

	private final List<PublisherEndpoint> publishers = new ArrayList<>();

	private @Nullable String expression;

	private @Nullable Predicate<StreamRecord> predicate;

	private boolean validated;

	private Documentation documentation = Documentation.NONE;

	/**
	 * Create a handler.
	 * @param id the id of the subscriber
	 * @param function the function in the form of a bean, whose class has the type of the
	 * bodies as its type parameter
	 * @param bodyType the type of the bodies
	 */
	CodeHandler(String id, Object function, ParameterizedTypeReference<?> bodyType) {
		this.id = id;
		this.function = function;
		this.bodyType = ResolvableType.forType(bodyType);
	}

	@Override
	public HandlerSpec filter(String expression) {
		this.expression = expression;
		return this;
	}

	@Override
	public HandlerSpec filter(Predicate<StreamRecord> predicate) {
		this.predicate = predicate;
		return this;
	}

	@Override
	public HandlerSpec validated() {
		this.validated = true;
		return this;
	}

	@Override
	public HandlerSpec documentation(Consumer<DocumentationSpec> specification) {
		this.documentation = CodeDocumentation.of(specification);
		return this;
	}

	@Override
	public HandlerSpec publishTo(String topic, Consumer<PublisherSpec> specification) {
		TopicName.check(topic, method().describe());
		CodePublisher publisher = new CodePublisher(topic);
		specification.accept(publisher);
		this.publishers.add(publisher.assemble());
		return this;
	}

	HandlerEndpoint assemble(ExceptionHandlerReader exceptionHandlers) {
		HandlerMethod method = method();
		boolean takesAll = this.expression == null && this.predicate == null;
		return new HandlerEndpoint(method,
				takesAll ? null : new FilterSettings(null, Map.of(), this.expression, null, this.predicate),
				exceptionHandlers.of(method), this.publishers)
			.withDocumentation(this.documentation);
	}

	private HandlerMethod method() {
		String name = this.validated ? "handleValid" : "handle";
		Method method = Arrays.stream(this.function.getClass().getDeclaredMethods())
			.filter((declared) -> declared.getName().equals(name))
			.findFirst()
			.orElseThrow();
		return new HandlerMethod(this.function, this.id,
				ResolvableType.forClassWithGenerics(this.function.getClass(), this.bodyType), method, method);
	}

}
