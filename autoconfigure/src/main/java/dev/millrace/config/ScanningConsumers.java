package dev.millrace.config;

import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;

/**
 * Makes consumers for those who only look at topics.
 */
public final class ScanningConsumers {

	private final Supplier<Consumer<byte[], byte[]>> consumers;

	/**
	 * Create what makes consumers.
	 * @param consumers makes one
	 */
	public ScanningConsumers(Supplier<Consumer<byte[], byte[]>> consumers) {
		this.consumers = consumers;
	}

	/**
	 * Make a consumer that is in no group and sees nothing of transactions that are not
	 * committed.
	 * @return the consumer, to be closed by the caller
	 */
	public Consumer<byte[], byte[]> create() {
		return this.consumers.get();
	}

}
