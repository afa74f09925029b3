package dev.millrace.benchmarks.application;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.Consumption;
import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Requests, so many at once: whenever one is answered, the next one is made.
 */
final class RequestLoad {

	private final Histogram times = new ConcurrentHistogram(3);

	private final AtomicInteger failures = new AtomicInteger();

	private final Workload workload;

	private final int concurrency;

	RequestLoad(Arguments arguments) {
		this.workload = Workload.of(arguments);
		this.concurrency = arguments.getInt("concurrency");
	}

	/**
	 * Make all requests.
	 * @param request makes one
	 * @return what was measured after the warm-up
	 * @throws InterruptedException when it is interrupted
	 */
	Map<String, Double> run(Function<Order, CompletableFuture<@Nullable Invoice>> request) throws InterruptedException {
		run(request, this.workload.warmUp());
		this.times.reset();
		Consumption warm = Consumption.now();
		run(request, this.workload.measured());
		Consumption end = Consumption.now();
		Map<String, Double> values = new LinkedHashMap<>();
		values.put("answers/s", this.workload.measured() * 1e9 / (end.time() - warm.time()));
		values.put("p50, ms", this.times.getValueAtPercentile(50) / 1e3);
		values.put("p99, ms", this.times.getValueAtPercentile(99) / 1e3);
		values.put("p99.9, ms", this.times.getValueAtPercentile(99.9) / 1e3);
		values.putAll(end.perRecord(warm, this.workload.measured()));
		values.put("failures", (double) this.failures.get());
		return values;
	}

	private void run(Function<Order, CompletableFuture<@Nullable Invoice>> request, int count)
			throws InterruptedException {
		Semaphore free = new Semaphore(this.concurrency);
		for (int id = 0; id < count; id++) {
			Order order = new Order(id, "customer-" + id % 1000, "item", 1, id,
					"lorem ipsum dolor sit amet ".repeat(4));
			free.acquire();
			long begin = System.nanoTime();
			request.apply(order).whenComplete((invoice, failure) -> {
				this.times.recordValue((System.nanoTime() - begin) / 1000);
				if (invoice == null || invoice.orderId() != order.id()) {
					this.failures.incrementAndGet();
				}
				free.release();
			});
		}
		free.acquire(this.concurrency);
	}

}
