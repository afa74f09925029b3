package dev.millrace.console.flow;

import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.common.KafkaException;

import dev.millrace.actuate.PartitionStates;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Asks the brokers every now and then, as long as somebody wants to know: never on the
 * thread of who asks, and not at all when nobody does.
 */
final class ClusterSampler implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ClusterSampler.class);

	private static final long INTERVAL = 2000;

	private final AtomicBoolean busy = new AtomicBoolean();

	private final SubscriberRuntimes subscribers;

	private final PartitionStates partitions;

	private final TopicEnds ends;

	private final ThreadPoolExecutor executor;

	private volatile ClusterSample last = ClusterSample.NONE;

	private volatile long begun = now() - INTERVAL;

	/**
	 * Create a sampler.
	 * @param subscribers the subscribers
	 * @param partitions ask the brokers where they are
	 * @param ends ask them where topics end
	 */
	ClusterSampler(SubscriberRuntimes subscribers, PartitionStates partitions, TopicEnds ends) {
		this.subscribers = subscribers;
		this.partitions = partitions;
		this.ends = ends;
		this.executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task) -> {
			Thread thread = new Thread(task, "millrace-console");
			thread.setDaemon(true);
			return thread;
		});
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Return what the brokers have last said.
	 * @return the last answer, possibly none
	 */
	ClusterSample last() {
		return this.last;
	}

	/**
	 * Ask again, when that is a while ago.
	 * @param topics the topics to ask about
	 * @param now the time
	 */
	void refresh(Set<String> topics, long now) {
		if (now - this.begun < INTERVAL || !this.busy.compareAndSet(false, true)) {
			return;
		}
		this.begun = now;
		try {
			this.executor.execute(() -> sample(topics));
		}
		catch (RejectedExecutionException ex) {
			// The application ends.
			this.busy.set(false);
		}
	}

	private void sample(Set<String> topics) {
		try {
			var states = this.partitions.of(this.subscribers.runtimes());
			if (states != null) {
				this.last = new ClusterSample(now(), this.ends.read(topics), states);
				return;
			}
			this.last = ClusterSample.NONE;
		}
		catch (TimeoutException | KafkaException ex) {
			logger.debug("The brokers don't say where topics end", ex);
			this.last = ClusterSample.NONE;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.busy.set(false);
		}
	}

	static long now() {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
