package dev.millrace.listener;

import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.millrace.publisher.TransactionalProducer;

/**
 * The producer of one consumer, and after each transaction that was not committed a new
 * one: what a handler sends late then finds no transaction to get into.
 */
final class Transactions {

	private static final Log logger = LogFactory.getLog(Transactions.class);

	private final Supplier<TransactionalProducer> producers;

	private @Nullable TransactionalProducer producer;

	Transactions(Supplier<TransactionalProducer> producers) {
		this.producers = producers;
	}

	/**
	 * See to it that whatever was begun before is decided.
	 * @return the producer
	 */
	TransactionalProducer settle() {
		TransactionalProducer current = this.producer;
		if (current == null) {
			current = this.producers.get();
			this.producer = current;
		}
		return current;
	}

	TransactionalProducer begin() {
		TransactionalProducer current = settle();
		current.begin();
		return current;
	}

	/**
	 * Abort the transaction, as far as that is still possible.
	 */
	void abort() {
		TransactionalProducer current = this.producer;
		if (current != null) {
			try {
				current.abort();
			}
			catch (RuntimeException ex) {
				// The next producer, or the broker after the timeout, aborts it.
				logger.debug("Transaction could not be aborted", ex);
			}
		}
		close();
	}

	/**
	 * Leave the transaction, if there is one, to the next producer.
	 */
	void close() {
		TransactionalProducer current = this.producer;
		this.producer = null;
		if (current != null) {
			try {
				current.close();
			}
			catch (RuntimeException ex) {
				logger.warn("Producer could not be closed in order", ex);
			}
		}
	}

}
