package dev.millrace.benchmarks;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.millrace.benchmarks.workload.Workload;

/**
 * What happens when an application is killed under load and another one is started at
 * once: how long no invoices come, how long they come late, and how many never come or
 * come twice.
 */
final class RecoveryBenchmark implements Benchmark {

	private static final int RATE = 5_000;

	private static final int SECONDS_UNTIL_CRASH = 10;

	private static final int SECONDS = 40;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final long LATE = Duration.ofMillis(100).toNanos();

	/** The shortest that the broker allows: how long it waits for the killed one. */
	private static final String SESSION_TIMEOUT = "--spring.kafka.consumer.properties.session.timeout.ms=6000";

	private static final Set<Contender> CONTENDERS = EnumSet
		.complementOf(EnumSet.of(Contender.LOOP_WITH_HEADERS, Contender.WAITS, Contender.WAITS_WITHOUT_LINGER,
				Contender.MILLRACE_PLATFORM, Contender.MILLRACE_KEY_PLATFORM));

	private final Contenders contenders = new Contenders();

	@Override
	public List<Arm> arms() {
		return CONTENDERS.stream().map((contender) -> contender.arm((run) -> run(contender, run))).toList();
	}

	@Override
	public void close() {
		this.contenders.close();
	}

	private Map<String, Double> run(Contender contender, String run) {
		int warmUp = SECONDS_UNTIL_CRASH * RATE;
		Workload workload = new Workload(run, Contenders.PARTITIONS, warmUp, SECONDS * RATE - warmUp, 0, 0);
		Map<String, Double> values = new LinkedHashMap<>();
		this.contenders.withOpenLoop(workload, Schedule.at(RATE), (loop) -> {
			ApplicationProcess killed = start(contender, workload);
			CompletableFuture<Void> sent = CompletableFuture.runAsync(loop::send,
					(task) -> new Thread(task, "orders").start());
			loop.awaitArrival(warmUp);
			killed.close();
			long crash = System.nanoTime();
			try (ApplicationProcess next = start(contender, workload)) {
				sent.join();
				int missing = loop.awaitMissing(TIMEOUT);
				next.endInput();
				values.putAll(times(loop, workload, crash));
				values.put("missing invoices", (double) missing);
				values.put("invoices that came twice", (double) loop.duplicates());
			}
		});
		return values;
	}

	private ApplicationProcess start(Contender contender, Workload workload) {
		return this.contenders.start(contender, workload, Contenders.invoices(workload), List.of(SESSION_TIMEOUT));
	}

	private static Map<String, Double> times(OpenLoop loop, Workload workload, long crash) {
		long[] arrivals = IntStream.range(0, workload.records()).mapToLong(loop::arrival).sorted().toArray();
		long first = crash;
		long longest = 0;
		for (int i = 1; i < arrivals.length; i++) {
			long begin = Math.max(crash, arrivals[i - 1]);
			if (arrivals[i] - begin > longest) {
				longest = arrivals[i] - begin;
				first = arrivals[i];
			}
		}
		long caughtUp = IntStream.range(1, workload.records())
			.filter((id) -> loop.arrival(id) - loop.due(id) > LATE)
			.mapToLong(loop::arrival)
			.max()
			.orElse(crash);
		Map<String, Double> values = new LinkedHashMap<>();
		values.put("first invoice after, s", (first - crash) / 1e9);
		values.put("no invoice late after, s", (caughtUp - crash) / 1e9);
		return values;
	}

}
