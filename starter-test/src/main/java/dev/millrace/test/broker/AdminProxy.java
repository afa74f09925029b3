package dev.millrace.test.broker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * An admin client out of a few classes with some of its methods each: they are called
 * where they have the same name and the same parameters. The interface has more than a
 * hundred methods, most of them for operators.
 */
final class AdminProxy implements InvocationHandler {

	private final List<Object> parts;

	private AdminProxy(List<Object> parts) {
		this.parts = parts;
	}

	static Admin create(BrokerState broker) {
		AdminReplies replies = new AdminReplies(broker.lock());
		return (Admin) Proxy.newProxyInstance(Admin.class.getClassLoader(), new Class<?>[] { Admin.class },
				new AdminProxy(List.of(new TopicAdmin(broker, replies), new ConfigAdmin(broker, replies),
						new OffsetAdmin(broker, replies), new GroupAdmin(broker, replies),
						new TransactionAdmin(broker, replies), new Lifecycle())));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		if (method.getDeclaringClass() == Object.class) {
			return ofObject(proxy, method, arguments);
		}
		for (Object part : this.parts) {
			Method own = find(part, method);
			if (own != null) {
				return call(part, own, arguments);
			}
		}
		if (method.isDefault()) {
			return InvocationHandler.invokeDefault(proxy, method, arguments);
		}
		throw new UnsupportedOperationException("The in-memory broker does not know Admin." + method.getName());
	}

	private static Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
		return switch (method.getName()) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> "In-memory admin client";
		};
	}

	private static @Nullable Object call(Object part, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(part, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static @Nullable Method find(Object part, Method method) {
		try {
			return part.getClass().getDeclaredMethod(method.getName(), method.getParameterTypes());
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
	}

	/**
	 * What has nothing to do with the broker.
	 */
	static final class Lifecycle {

		void close(Duration timeout) {
		}

		Map<?, ?> metrics() {
			return Map.of();
		}

	}

}
