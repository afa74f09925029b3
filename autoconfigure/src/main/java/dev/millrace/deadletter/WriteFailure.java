package dev.millrace.deadletter;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamException;
import dev.millrace.publisher.Confirmation;
import dev.millrace.publisher.TransactionalProducer;

/**
 * Why a transaction can't be committed: the producer itself only says that it can't.
 */
final class WriteFailure {

	private volatile @Nullable StreamException failure;

	/**
	 * Return what hears of records that were sent.
	 * @param what what can't be done when one of them is not written
	 * @return the confirmation
	 */
	Confirmation of(String what) {
		return (unsent, cause) -> {
			if (cause != null && this.failure == null) {
				this.failure = new StreamException(what + ": " + cause, cause);
			}
		};
	}

	void throwIfPresent() {
		StreamException failure = this.failure;
		if (failure != null) {
			throw failure;
		}
	}

	void commit(TransactionalProducer producer) {
		try {
			producer.commit();
		}
		catch (KafkaException ex) {
			throwIfPresent();
			throw ex;
		}
	}

}
