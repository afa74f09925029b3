package dev.millrace.listener;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import dev.millrace.publisher.Confirmation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedSender}.
 */
class SharedSenderTests {

	private static final ProducerRecord<byte[], byte[]> ONE = new ProducerRecord<>("out", new byte[] { 1 });

	private static final ProducerRecord<byte[], byte[]> TWO = new ProducerRecord<>("out", new byte[] { 2 });

	private final List<List<ProducerRecord<byte[], byte[]>>> sent = new ArrayList<>();

	private final List<Confirmation> pending = new ArrayList<>();

	private final List<String> told = new ArrayList<>();

	private final SharedSender sender = new SharedSender((records, confirmed) -> {
		this.sent.add(records);
		this.pending.add(confirmed);
	}, List.of(ONE, TWO));

	@Test
	void recordsAreSentOnceAndAllAreTold() {
		ask("a");
		ask("b");
		assertThat(this.sent).containsExactly(List.of(ONE, TWO));
		assertThat(this.told).isEmpty();
		this.pending.get(0).completed(List.of(), null);
		assertThat(this.told).containsExactly("a confirmed", "b confirmed");
	}

	@Test
	void whoAsksLaterIsToldAtOnce() {
		ask("a");
		this.pending.get(0).completed(List.of(), null);
		ask("b");
		assertThat(this.sent).hasSize(1);
		assertThat(this.told).containsExactly("a confirmed", "b confirmed");
	}

	@Test
	void whatFailedIsSentAgainByTheFirstThatAsksAgain() {
		ask("a");
		ask("b");
		this.pending.get(0).completed(List.of(TWO), new IllegalStateException("refused"));
		assertThat(this.told).containsExactly("a refused", "b refused");
		ask("b");
		ask("a");
		assertThat(this.sent).containsExactly(List.of(ONE, TWO), List.of(TWO));
		this.pending.get(1).completed(List.of(), null);
		assertThat(this.told).containsExactly("a refused", "b refused", "b confirmed", "a confirmed");
	}

	private void ask(String who) {
		this.sender.send(List.of(ONE, TWO), (unsent, failure) -> this.told
			.add(who + " " + ((failure != null) ? failure.getMessage() : "confirmed")));
	}

}
