package dev.millrace.test.engine;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.handler.InvocationObserver;

/**
 * Remembers what handlers were called with. Safe for use by several threads.
 */
public final class InvocationLog implements InvocationObserver {

	private final Queue<Invocation> invocations = new ConcurrentLinkedQueue<>();

	@Override
	public void returned(HandlerMethod handler, @Nullable Object[] arguments, @Nullable Object result) {
		this.invocations.add(new Invocation(handler, arguments.clone(), result, null));
	}

	@Override
	public void threw(HandlerMethod handler, @Nullable Object[] arguments, Throwable failure) {
		this.invocations.add(new Invocation(handler, arguments.clone(), null, failure));
	}

	/**
	 * Return what was remembered.
	 * @return the calls, in the order in which they ended
	 */
	public List<Invocation> all() {
		return List.copyOf(this.invocations);
	}

	/**
	 * Forget everything.
	 */
	public void clear() {
		this.invocations.clear();
	}

	/**
	 * Call of a handler.
	 *
	 * @param handler the handler
	 * @param arguments what it was called with
	 * @param result what it has returned
	 * @param failure what it has thrown, or {@code null}
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Invocation(HandlerMethod handler, @Nullable Object[] arguments, @Nullable Object result,
			@Nullable Throwable failure) {

	}

}
