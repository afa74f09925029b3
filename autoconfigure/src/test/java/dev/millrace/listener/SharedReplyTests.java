package dev.millrace.listener;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SharedReply}.
 */
class SharedReplyTests {

	private static final ProducerRecord<byte[], byte[]> RECORD = new ProducerRecord<>("out", new byte[] { 1 });

	private final List<String> made = new ArrayList<>();

	private boolean failing;

	private final SharedReply reply = new SharedReply(() -> {
		this.made.add("made");
		if (this.failing) {
			throw new IllegalStateException("not made");
		}
		return List.of(RECORD);
	});

	@Test
	void isMadeOnceForAll() {
		assertThat(this.reply.prepare(1)).containsExactly(RECORD);
		assertThat(this.reply.prepare(1)).containsExactly(RECORD);
		assertThat(this.reply.prepare(2)).containsExactly(RECORD);
		assertThat(this.made).hasSize(1);
	}

	@Test
	void isMadeAgainForTheNextAttemptOnly() {
		this.failing = true;
		assertThatIllegalStateException().isThrownBy(() -> this.reply.prepare(1)).withMessage("not made");
		assertThatIllegalStateException().isThrownBy(() -> this.reply.prepare(1)).withMessage("not made");
		assertThat(this.made).hasSize(1);
		this.failing = false;
		assertThat(this.reply.prepare(2)).containsExactly(RECORD);
		assertThat(this.made).hasSize(2);
	}

}
