package dev.millrace.benchmarks.dispatch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Cost of a record from the poll to the confirmed result, with a handler that returns the
 * body it gets.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Dispatch {

	/** How many polls one invocation takes. */
	private static final int POLLS = 400;

	private static final int RECORDS = POLLS * EndlessConsumer.POLL;

	private final EndlessConsumer consumer = new EndlessConsumer();

	private final CountingProducer producer = new CountingProducer();

	/** What handles the records. */
	@Param
	public DispatchPath path = DispatchPath.LOOP;

	private AutoCloseable running = () -> {
	};

	/**
	 * Starts what handles the records.
	 */
	@Setup(Level.Trial)
	public void start() {
		this.running = this.path.start(this.consumer, this.producer);
	}

	/**
	 * Ends it.
	 * @throws Exception when it can't be ended
	 */
	@TearDown(Level.Trial)
	public void stop() throws Exception {
		this.running.close();
	}

	/**
	 * Handles records.
	 * @throws InterruptedException when it is interrupted
	 */
	@Benchmark
	@OperationsPerInvocation(RECORDS)
	public void handle() throws InterruptedException {
		CountDownLatch results = this.producer.expect(RECORDS);
		this.consumer.release(POLLS);
		results.await();
	}

}
