package dev.millrace.handler;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringValueResolver;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.Subscription;
import dev.millrace.support.TestEndpoint;

/**
 * Handler of a test: the method {@code handle} of a bean {@code orders}.
 */
final class TestHandler {

	private JsonMapper mapper = JsonMapper.builder().build();

	private @Nullable Validator validator;

	private StringValueResolver texts = (text) -> text;

	private Subscription subscription = new Subscription.Topics(List.of("in-topic"));

	private final HandlerMethod method;

	private @Nullable RecordInvoker invoker;

	private TestHandler(HandlerMethod method) {
		this.method = method;
	}

	static TestHandler of(Object bean) {
		return new TestHandler(method(bean, bean.getClass()));
	}

	static TestHandler of(HandlerMethod method) {
		return new TestHandler(method);
	}

	static HandlerMethod method(Object bean, Class<?> targetClass) {
		Method method = Arrays.stream(ReflectionUtils.getAllDeclaredMethods(targetClass))
			.filter((candidate) -> candidate.getName().equals("handle") && !candidate.isBridge())
			.findFirst()
			.orElseThrow();
		return new HandlerMethod(bean, "orders", targetClass, method, method);
	}

	TestHandler mapper(JsonMapper mapper) {
		this.mapper = mapper;
		return this;
	}

	TestHandler validator(Validator validator) {
		this.validator = validator;
		return this;
	}

	TestHandler resolving(StringValueResolver texts) {
		this.texts = texts;
		return this;
	}

	TestHandler reading(Subscription subscription) {
		this.subscription = subscription;
		return this;
	}

	RecordInvoker create() {
		return new HandlerMethodFactory(this.mapper, this.validator).resolving(this.texts)
			.forSubscriber(TestEndpoint.reading(this.subscription))
			.create(this.method);
	}

	@Nullable Object handle(TestRecord record) throws Exception {
		if (this.invoker == null) {
			this.invoker = create();
		}
		return this.invoker.invoke(TestDelivery.of(record.build()));
	}

}
