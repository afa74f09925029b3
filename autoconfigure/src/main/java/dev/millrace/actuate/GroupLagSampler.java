package dev.millrace.actuate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Measures, every now and then and on a thread of its own, how far the groups of all
 * subscribers are behind. It does so against what is committed, so that it knows also
 * while the consumers are stopped. Does nothing before somebody wants to know.
 */
public final class GroupLagSampler implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(GroupLagSampler.class);

	private final List<Consumer<List<GroupLag>>> targets = new CopyOnWriteArrayList<>();

	private final SubscriberRuntimes subscribers;

	private final Supplier<Admin> admin;

	private final Duration interval;

	private final Duration timeout;

	private @Nullable ScheduledExecutorService executor;

	private List<GroupLag> last = List.of();

	private boolean failing;

	/**
	 * Create a sampler.
	 * @param subscribers the subscribers
	 * @param admin has the client that asks
	 * @param interval how long to wait between two measurements, zero for none at all
	 * @param timeout how long to wait for an answer
	 */
	public GroupLagSampler(SubscriberRuntimes subscribers, Supplier<Admin> admin, Duration interval, Duration timeout) {
		this.subscribers = subscribers;
		this.admin = admin;
		this.interval = interval;
		this.timeout = timeout;
	}

	/**
	 * Begin to measure, if that has not happened yet.
	 * @param target is told, by the thread that measures
	 */
	synchronized void publishTo(Consumer<List<GroupLag>> target) {
		this.targets.add(target);
		if (this.executor == null && !this.interval.isZero()) {
			this.executor = executor();
			this.executor.scheduleWithFixedDelay(this::sample, 0, this.interval.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void sample() {
		try {
			this.last = new GroupLagReader(this.admin.get(), this.timeout).read(this.subscribers.runtimes()
				.stream()
				.collect(Collectors.toMap(SubscriberRuntime::id, SubscriberRuntime::parts)));
			this.failing = false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		catch (Exception ex) {
			// No value is better than one that is not true any more.
			this.last = this.last.stream().map(GroupLag::unknown).toList();
			if (!this.failing) {
				logger.warn("The lag of the groups can't be measured; it is tried again each %d s"
					.formatted(this.interval.toSeconds()), ex);
			}
			this.failing = true;
		}
		this.targets.forEach((target) -> target.accept(this.last));
	}

	private static ScheduledExecutorService executor() {
		return new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "millrace-lag");
			thread.setDaemon(true);
			return thread;
		});
	}

	@Override
	public synchronized void close() {
		if (this.executor == null) {
			return;
		}
		this.executor.shutdownNow();
		try {
			this.executor.awaitTermination(1, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
