package dev.millrace.listener;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.publisher.Confirmation;
import dev.millrace.publisher.RecordSender;

/**
 * Sends what several records have published together, once for all of them. Each of them
 * asks for it and is told how it ended; when it has failed, the first that asks again has
 * the rest sent again.
 */
final class SharedSender implements RecordSender {

	private final RecordSender sender;

	private final List<Confirmation> waiting = new ArrayList<>();

	private List<ProducerRecord<byte[], byte[]>> unsent;

	/**
	 * Create a sender.
	 * @param sender sends to the broker
	 * @param records what is to be sent
	 */
	SharedSender(RecordSender sender, List<ProducerRecord<byte[], byte[]>> records) {
		this.sender = sender;
		this.unsent = List.copyOf(records);
	}

	@Override
	public void send(List<ProducerRecord<byte[], byte[]>> records, Confirmation confirmed) {
		List<ProducerRecord<byte[], byte[]>> now;
		synchronized (this) {
			now = this.unsent;
			if (!now.isEmpty()) {
				this.waiting.add(confirmed);
				if (this.waiting.size() > 1) {
					return;
				}
			}
		}
		if (now.isEmpty()) {
			confirmed.completed(List.of(), null);
		}
		else {
			this.sender.send(now, this::completed);
		}
	}

	private void completed(List<ProducerRecord<byte[], byte[]>> unsent, @Nullable Throwable failure) {
		List<Confirmation> told;
		synchronized (this) {
			this.unsent = List.copyOf(unsent);
			told = List.copyOf(this.waiting);
			this.waiting.clear();
		}
		told.forEach((confirmed) -> confirmed.completed(unsent, failure));
	}

}
