package dev.millrace.handler;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import dev.millrace.annotation.Key;
import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlerMethodFactory} with methods of superclasses, interfaces and
 * proxies.
 */
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

	abstract static class Base<T> {

		List<T> handle(T value) {
			return List.of(value);
		}

	}

	static class OrderHandler extends Base<Order> {

	}

	abstract static class PairBase<K, V> {

		List<Object> handle(K key, Map<String, List<V>> values) {
			return List.of(key, values.get("a").get(0));
		}

	}

	abstract static class LongBase<V> extends PairBase<Long, V> {

	}

	static class OrdersHandler extends LongBase<Order> {

	}

	interface Handles<T> {

		Object handle(T value);

	}

	static class HandlesImpl implements Handles<Order> {

		@Override
		public Object handle(Order value) {
			return value;
		}

	}

	interface Keyed {

		Object handle(@Key String key);

	}

	static class KeyedImpl implements Keyed {

		@Override
		public Object handle(String key) {
			return key;
		}

	}

}
