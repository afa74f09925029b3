package dev.millrace.test.broker;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.jspecify.annotations.Nullable;

/**
 * Makes what the methods of an admin client return. The classes are Kafka's own; as most
 * of their constructors are meant for Kafka's own client, they are called by reflection,
 * here and nowhere else.
 */
final class AdminReplies {

	private final BrokerLock lock;

	AdminReplies(BrokerLock lock) {
		this.lock = lock;
	}

	/**
	 * Make a result.
	 * @param <T> its type
	 * @param type its type
	 * @param arguments as its only constructor wants them
	 * @return the result
	 */
	<T> T result(Class<T> type, @Nullable Object... arguments) {
		try {
			Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors())
				.filter((candidate) -> candidate.getParameterCount() == arguments.length)
				.findFirst()
				.orElseThrow(() -> new NoSuchMethodException("constructor of " + type));
			constructor.setAccessible(true);
			return type.cast(constructor.newInstance(arguments));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("This version of kafka-clients has another " + type.getSimpleName(), ex);
		}
	}

	/**
	 * Answer a question under the broker's lock.
	 * @param <T> type of the answer
	 * @param question the question
	 * @return a future with the answer, or with the exception of the broker
	 */
	<T> KafkaFuture<T> future(Supplier<T> question) {
		KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
		try {
			future.complete(this.lock.call(question));
		}
		catch (ApiException ex) {
			future.completeExceptionally(ex);
		}
		return future;
	}

	<K, T> Map<K, KafkaFuture<T>> futures(Collection<K> keys, Function<K, T> question) {
		Map<K, KafkaFuture<T>> futures = new HashMap<>();
		keys.forEach((key) -> futures.put(key, future(() -> question.apply(key))));
		return futures;
	}

	<K, S, T> Map<K, KafkaFuture<T>> futures(Map<K, S> questions, BiFunction<K, S, T> answer) {
		Map<K, KafkaFuture<T>> futures = new HashMap<>();
		questions.forEach((key, question) -> futures.put(key, future(() -> answer.apply(key, question))));
		return futures;
	}

	// A future of Void is completed with null.
	@SuppressWarnings("NullAway")
	<K> Map<K, KafkaFuture<Void>> actions(Collection<K> keys, Consumer<K> action) {
		return futures(keys, (key) -> {
			action.accept(key);
			return null;
		});
	}

	@SuppressWarnings("NullAway")
	<K, S> Map<K, KafkaFuture<Void>> actions(Map<K, S> wanted, BiConsumer<K, S> action) {
		return futures(wanted, (key, what) -> {
			action.accept(key, what);
			return null;
		});
	}

	/**
	 * Return what a user has asked for with {@link OffsetSpec#forTimestamp(long)}.
	 * @param spec the specification
	 * @return milliseconds since the epoch
	 */
	static long timestamp(OffsetSpec.TimestampSpec spec) {
		try {
			Method method = OffsetSpec.TimestampSpec.class.getDeclaredMethod("timestamp");
			method.setAccessible(true);
			return (long) method.invoke(spec);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("This version of kafka-clients has another TimestampSpec", ex);
		}
	}

}
