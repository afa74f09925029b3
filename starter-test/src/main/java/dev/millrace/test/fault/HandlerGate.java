package dev.millrace.test.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

import dev.millrace.BatchInterceptor;
import dev.millrace.NackRecord;
import dev.millrace.StreamRecord;
import dev.millrace.SubscriberInterceptor;

/**
 * What every call of a handler passes through, so that there are no more of them than
 * there are to be before a crash, and none after it.
 */
public final class HandlerGate implements SubscriberInterceptor, BatchInterceptor, Ordered {

	/** Ends transactions at once, as no transaction waits for so long. */
	private static final Duration NOT_IN_THIS_LIFE = Duration.ofDays(1);

	private int limit = Integer.MAX_VALUE;

	/** Counts limits, so that a call counts for the one under which it has begun. */
	private int round;

	private int begun;

	private int ended;

	private int waiting;

	private boolean closed;

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable Object intercept(StreamRecord record, SubscriberInterceptor.Handling handling) throws Exception {
		return pass(handling::proceed);
	}

	@Override
	public @Nullable Object intercept(List<StreamRecord> records, BatchInterceptor.Handling handling) throws Exception {
		return pass(handling::proceed);
	}

	/**
	 * Let a number of calls through from now on; those behind them wait for the crash.
	 * @param calls how many
	 */
	synchronized void limit(int calls) {
		this.limit = calls;
		this.round++;
		this.begun = 0;
		this.ended = 0;
	}

	/**
	 * Let all calls through.
	 */
	synchronized void open() {
		limit(Integer.MAX_VALUE);
		this.closed = false;
		notifyAll();
	}

	/**
	 * Let no call through any more.
	 */
	synchronized void close() {
		this.closed = true;
		notifyAll();
	}

	/**
	 * Return how many calls are still to end.
	 * @return the number of calls
	 */
	synchronized int left() {
		return this.limit - this.ended;
	}

	synchronized int waiting() {
		return this.waiting;
	}

	private @Nullable Object pass(Callable<@Nullable Object> call) throws Exception {
		int round = enter();
		try {
			return call.call();
		}
		finally {
			leave(round);
		}
	}

	private synchronized int enter() {
		this.waiting++;
		try {
			while (this.begun >= this.limit && !this.closed) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			throw new NackRecord(NOT_IN_THIS_LIFE);
		}
		finally {
			this.waiting--;
		}
		if (this.closed) {
			throw new NackRecord(NOT_IN_THIS_LIFE);
		}
		this.begun++;
		return this.round;
	}

	private synchronized void leave(int round) {
		if (round == this.round) {
			this.ended++;
		}
	}

}
