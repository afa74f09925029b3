package dev.millrace.config;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

import dev.millrace.PublishResult;
import dev.millrace.StreamException;
import dev.millrace.publisher.MethodPublisher;

/**
 * What is behind an interface whose methods publish.
 */
final class PublisherInterface implements InvocationHandler {

	private final Class<?> type;

	private final Map<Method, MethodPublisher> publishers;

	PublisherInterface(Class<?> type, Map<Method, MethodPublisher> publishers) {
		this.type = type;
		this.publishers = Map.copyOf(publishers);
	}

	Object proxy() {
		return Proxy.newProxyInstance(this.type.getClassLoader(), new Class<?>[] { this.type }, this);
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		MethodPublisher publisher = this.publishers.get(method);
		if (publisher != null && arguments != null) {
			CompletableFuture<PublishResult> future = publisher.publish(arguments);
			boolean waits = method.getReturnType() == void.class || method.getReturnType() == PublishResult.class;
			return waits ? await(future, method) : future;
		}
		if (method.isDefault()) {
			return InvocationHandler.invokeDefault(proxy, method, arguments);
		}
		if (ReflectionUtils.isEqualsMethod(method)) {
			return arguments != null && proxy == arguments[0];
		}
		return ReflectionUtils.isHashCodeMethod(method) ? System.identityHashCode(proxy)
				: "Publisher " + this.type.getName();
	}

	private PublishResult await(CompletableFuture<PublishResult> future, Method method) {
		String message = "%s.%s could not publish".formatted(this.type.getSimpleName(), method.getName());
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			throw new StreamException(message, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StreamException(message + ": interrupted", ex);
		}
	}

}
