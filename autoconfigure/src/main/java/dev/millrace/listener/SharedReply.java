package dev.millrace.listener;

import java.util.List;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * What several records publish together. It is made once for all of them, whoever of them
 * asks first; when that has failed, once for each attempt.
 */
final class SharedReply {

	private final Supplier<List<ProducerRecord<byte[], byte[]>>> maker;

	private @Nullable List<ProducerRecord<byte[], byte[]>> records;

	private @Nullable Throwable failure;

	private int attempt;

	/**
	 * Create a reply that is not made yet.
	 * @param maker makes it
	 */
	SharedReply(Supplier<List<ProducerRecord<byte[], byte[]>>> maker) {
		this.maker = maker;
	}

	/**
	 * Make the reply, unless that was done.
	 * @param attempt the attempt of the record that asks
	 * @return what is to be sent
	 */
	synchronized List<ProducerRecord<byte[], byte[]>> prepare(int attempt) {
		List<ProducerRecord<byte[], byte[]>> made = this.records;
		if (made != null) {
			return made;
		}
		if (this.failure == null || attempt > this.attempt) {
			this.attempt = attempt;
			return make();
		}
		throw rethrown(this.failure);
	}

	private List<ProducerRecord<byte[], byte[]>> make() {
		try {
			List<ProducerRecord<byte[], byte[]>> made = List.copyOf(this.maker.get());
			this.records = made;
			return made;
		}
		catch (Throwable ex) {
			this.failure = ex;
			throw rethrown(ex);
		}
	}

	private static RuntimeException rethrown(Throwable failure) {
		ReflectionUtils.rethrowRuntimeException(failure);
		return new IllegalStateException(failure);
	}

}
