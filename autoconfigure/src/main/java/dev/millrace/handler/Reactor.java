package dev.millrace.handler;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Mono;

/**
 * Access to Reactor, which may be absent: only {@link MonoAdapter} links against it.
 */
final class Reactor {

	private static final boolean PRESENT = ClassUtils.isPresent("reactor.core.publisher.Mono",
			Reactor.class.getClassLoader());

	private Reactor() {
	}

	static boolean isMono(Object value) {
		return PRESENT && MonoAdapter.isMono(value);
	}

	static CompletionStage<?> toStage(Object mono) {
		return MonoAdapter.toStage(mono);
	}

	static @Nullable Class<?> monoType() {
		return (PRESENT) ? MonoAdapter.type() : null;
	}

	/**
	 * The only class that links against Reactor.
	 */
	private static final class MonoAdapter {

		static Class<?> type() {
			return Mono.class;
		}

		static boolean isMono(Object value) {
			return value instanceof Mono;
		}

		static CompletionStage<?> toStage(Object mono) {
			return ((Mono<?>) mono).toFuture();
		}

	}

}
