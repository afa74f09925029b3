package dev.millrace.test.broker;

import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.jspecify.annotations.Nullable;

import dev.millrace.test.broker.TransactionCoordinator.ProducerIdentity;

/**
 * The transactions of a producer: which calls are allowed when, and what is left after a
 * failure, which is to abort, or to close the producer once another one has its id.
 */
final class ProducerTransactions {

	private final BrokerState broker;

	private final String transactionalId;

	private State state = State.UNINITIALIZED;

	private @Nullable ProducerIdentity identity;

	private @Nullable RuntimeException failure;

	ProducerTransactions(BrokerState broker, String transactionalId) {
		this.broker = broker;
		this.transactionalId = transactionalId;
	}

	synchronized void initialize() {
		throwFailure();
		require(State.UNINITIALIZED, "INITIALIZING");
		this.identity = this.broker.lock().call(() -> {
			ProducerIdentity found = this.broker.transactions().initialize(this.transactionalId);
			this.broker.wakeConsumers();
			return found;
		});
		this.state = State.READY;
	}

	synchronized void begin() {
		throwFailure();
		require(State.READY, "IN_TRANSACTION");
		this.state = State.IN_TRANSACTION;
	}

	/**
	 * Return whose transaction a record becomes part of.
	 * @return the producer
	 */
	synchronized ProducerIdentity beforeSend() {
		throwFailure();
		if (this.identity == null) {
			throw new IllegalStateException(
					"Cannot add partition to transaction before completing a call to" + " initTransactions");
		}
		if (this.state != State.IN_TRANSACTION) {
			throw new IllegalStateException("Cannot add partition to transaction while in state  " + this.state);
		}
		return this.identity;
	}

	synchronized void failed(RuntimeException cause) {
		if (this.state == State.FATAL_ERROR || this.state == State.UNINITIALIZED) {
			return;
		}
		this.failure = (cause instanceof RetriableException)
				? new TransactionAbortableException("Transaction Request was aborted after exhausting retries.", cause)
				: cause;
		this.state = (cause instanceof ProducerFencedException) ? State.FATAL_ERROR : State.ABORTABLE_ERROR;
	}

	synchronized void addOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata sender) {
		throwFailure();
		if (this.state != State.IN_TRANSACTION) {
			throw new IllegalStateException(
					"Cannot send offsets if a transaction is not in progress (currentState= %s)".formatted(this.state));
		}
		attempt((producer) -> this.broker.transactions().add(producer, offsets, sender));
	}

	/**
	 * End the transaction.
	 * @param sent waits until everything is sent
	 */
	void commit(Runnable sent) {
		synchronized (this) {
			throwFailure();
			require(State.IN_TRANSACTION, "COMMITTING_TRANSACTION");
		}
		sent.run();
		synchronized (this) {
			if (this.failure != null) {
				throw this.failure;
			}
			end(true);
		}
	}

	/**
	 * Abort the transaction.
	 * @param sent waits until nothing more is sent
	 */
	void abort(Runnable sent) {
		synchronized (this) {
			if (this.state != State.ABORTABLE_ERROR) {
				throwFailure();
				require(State.IN_TRANSACTION, "ABORTING_TRANSACTION");
			}
		}
		sent.run();
		synchronized (this) {
			end(false);
		}
	}

	private void end(boolean committed) {
		attempt((producer) -> {
			this.broker.transactions().end(producer, committed);
			this.broker.wakeConsumers();
		});
		this.failure = null;
		this.state = State.READY;
	}

	private void attempt(java.util.function.Consumer<ProducerIdentity> action) {
		ProducerIdentity producer = Optional.ofNullable(this.identity).orElseThrow();
		try {
			this.broker.lock().run(() -> action.accept(producer));
		}
		catch (ProducerFencedException ex) {
			this.state = State.FATAL_ERROR;
			this.failure = ex;
			throw ex;
		}
		catch (UnknownMemberIdException | IllegalGenerationException ex) {
			throw abortable(new CommitFailedException(
					"Transaction offset Commit failed due to consumer group metadata mismatch: " + ex.getMessage()));
		}
		catch (FencedInstanceIdException ex) {
			throw abortable(ex);
		}
	}

	private RuntimeException abortable(RuntimeException cause) {
		this.state = State.ABORTABLE_ERROR;
		this.failure = cause;
		return cause;
	}

	private void require(State source, String target) {
		if (this.state != source) {
			throw new IllegalStateException("TransactionalId %s: Invalid transition attempted from state %s to state %s"
				.formatted(this.transactionalId, this.state, target));
		}
	}

	private void throwFailure() {
		if (this.failure instanceof ProducerFencedException) {
			throw new ProducerFencedException("Producer with transactionalId '%s' and %s has been fenced by another"
				.formatted(this.transactionalId, this.identity) + " producer with the same transactionalId");
		}
		if (this.failure instanceof InvalidProducerEpochException) {
			throw new InvalidProducerEpochException(
					"Producer with transactionalId '%s' and %s attempted to produce with"
						.formatted(this.transactionalId, this.identity) + " an old epoch");
		}
		if (this.failure != null) {
			throw new KafkaException("Cannot execute transactional method because we are in an error state",
					this.failure);
		}
	}

	private enum State {

		UNINITIALIZED, READY, IN_TRANSACTION, ABORTABLE_ERROR, FATAL_ERROR

	}

}
