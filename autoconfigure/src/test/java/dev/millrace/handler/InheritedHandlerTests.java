package dev.millrace.handler;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlerMethodFactory} with methods of superclasses, interfaces and
 * proxies.
 */
@NullUnmarked
class InheritedHandlerTests {

	@Test
	void inheritedMethodBindsTheTypesOfTheSubclass() throws Exception {
		TestHandler handler = TestHandler.of(new OrderHandler());

		assertThat(handler.handle(TestRecord.json("{\"id\":1}"))).isEqualTo(List.of(new Order(1)));
	}

	@Test
	void inheritedMethodBindsNestedTypesOfTheSubclass() throws Exception {
		TestHandler handler = TestHandler.of(new OrdersHandler());

		assertThat(handler.handle(TestRecord.json("{\"key\":1,\"values\":{\"a\":[{\"id\":1}]}}")))
			.isEqualTo(List.of(1L, new Order(1)));
	}

	@Test
	void proxyIsCalledWithTheTypesAndAnnotationsOfItsTarget() throws Exception {
		Function<Object, Object> target = (value) -> value;
		Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Handles.class },
				(self, method, arguments) -> "proxied " + target.apply(arguments[0]));
		HandlerMethod method = new HandlerMethod(proxy, "orders", HandlesImpl.class,
				HandlesImpl.class.getMethod("handle", Order.class), Handles.class.getMethod("handle", Object.class));

		assertThat(TestHandler.of(method).handle(TestRecord.json("{\"id\":1}"))).isEqualTo("proxied Order[id=1]");
	}

	@Test
	void annotationsOfAnInterfacesParametersCount() throws Exception {
		assertThat(TestHandler.of(new KeyedImpl()).handle(TestRecord.tombstone().key("k"))).isEqualTo("k");
	}

	record Order(int id) {

	}

}
