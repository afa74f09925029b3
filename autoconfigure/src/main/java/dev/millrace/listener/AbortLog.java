package dev.millrace.listener;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.LoggedFailure;
import dev.millrace.listener.TransactionBatch.Abort;

/**
 * Says why transactions of one subscriber are aborted.
 */
final class AbortLog {

	private static final Log logger = LogFactory.getLog(AbortLog.class);

	private final SubscriberEndpoint endpoint;

	AbortLog(SubscriberEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	void aborted(Abort abort, int records, int unfinished, Duration wait) {
		String reason = switch (abort.kind()) {
			case STOPPED -> "it was interrupted";
			case OUT_OF_TIME -> unfinished + " of them were not finished in time";
			case RETRY_LATER -> "the next attempt of one of them is too late for it";
			case REFUSED -> "something that one of them has published was refused, or must be taken back";
			case FAILED -> isFenced(abort.cause()) ? "another producer has its transactional id, or it took too long;"
					+ " each instance of an application needs a spring.kafka.producer.transaction-id-prefix of its own"
					: "it has failed";
		};
		logger.warn("%s has aborted a transaction of %d records, because %s; they are handled again in %d ms"
			.formatted(this.endpoint.describe(), records, reason, wait.toMillis()), logged(abort.cause()));
	}

	private static @Nullable Throwable logged(@Nullable Throwable cause) {
		return (cause != null) ? LoggedFailure.of(cause) : null;
	}

	void unprepared(Throwable failure, Duration wait) {
		logger.error("%s could not begin a transaction; it tries again in %d ms".formatted(this.endpoint.describe(),
				wait.toMillis()), failure);
	}

	private static boolean isFenced(@Nullable Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
				return true;
			}
		}
		return false;
	}

}
