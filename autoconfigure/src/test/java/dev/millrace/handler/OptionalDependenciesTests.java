package dev.millrace.handler;

import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.OverridingClassLoader;
import org.springframework.util.ReflectionUtils;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that handlers work without Bean Validation and without Reactor.
 */
class OptionalDependenciesTests {

	@Test
	void handlerIsCalledWithoutBeanValidationAndReactor() throws Exception {
		ClassLoader filtered = new FilteredClassLoader("jakarta.validation", "reactor", "org.reactivestreams");
		ClassLoader loader = new OverridingClassLoader(filtered) {

			@Override
			protected boolean isEligibleForOverriding(String className) {
				return className.startsWith("dev.millrace.handler.");
			}

		};

		Class<?> type = loader.loadClass(Application.class.getName());
		var constructor = type.getDeclaredConstructor();
		constructor.setAccessible(true);
		Object result = ((Callable<?>) constructor.newInstance()).call();

		assertThat(type.getClassLoader()).isSameAs(loader);
		assertThat(result).isEqualTo(List.of("John 1", "String", "x"));
	}

	static class Application implements Callable<Object> {

		@Override
		public Object call() throws Exception {
			var method = ReflectionUtils.findMethod(Handler.class, "handle", String.class, int.class);
			HandlerMethod handler = new HandlerMethod(new Handler(), "orders", Handler.class, method, method);
			RecordInvoker invoker = new HandlerMethodFactory(JsonMapper.builder().build(), null).create(handler);
			return List.of(invoker.invoke(TestDelivery.of(TestRecord.json("{\"user\":\"John\",\"userId\":1}").build())),
					ResultType.of(handler).valueType().resolve().getSimpleName(), ResultUnwrapper.unwrap("x"));
		}

	}

	static class Handler {

		String handle(String user, int userId) {
			return user + " " + userId;
		}

	}

}
