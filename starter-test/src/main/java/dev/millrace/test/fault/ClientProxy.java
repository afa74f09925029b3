package dev.millrace.test.fault;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/**
 * Stands between an application and one of its clients. What it does not know about is
 * left to the client.
 *
 * @param <T> type of the client
 */
abstract class ClientProxy<T> implements InvocationHandler {

	private final T client;

	ClientProxy(T client) {
		this.client = client;
	}

	static <T> T create(Class<? super T> type, ClientProxy<T> handler) {
		@SuppressWarnings("unchecked")
		T proxy = (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler);
		return proxy;
	}

	final T client() {
		return this.client;
	}

	@Override
	public final @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		@Nullable Object[] all = (arguments != null) ? arguments : new Object[0];
		if (method.getDeclaringClass() == Object.class) {
			return switch (method.getName()) {
				case "equals" -> proxy == all[0];
				case "hashCode" -> System.identityHashCode(proxy);
				default -> this.client.toString();
			};
		}
		return call(method, all);
	}

	/**
	 * Call a method of the client, or do something else.
	 * @param method the method
	 * @param arguments its arguments
	 * @return what it returns
	 * @throws Throwable what it throws
	 */
	abstract @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable;

	final @Nullable Object proceed(Method method, @Nullable Object[] arguments) throws Throwable {
		try {
			return method.invoke(this.client, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
