package dev.millrace.listener;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.BatchListenerFailedException;

import dev.millrace.BatchFailedException;
import dev.millrace.BatchResult;
import dev.millrace.NackRecord;
import dev.millrace.RejectRecord;
import dev.millrace.StreamException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link BatchOutcome}.
 */
class BatchOutcomeTests {

	private static final List<ConsumerRecord<byte[], byte[]>> RECORDS = LongStream.range(5, 9)
		.mapToObj((offset) -> new ConsumerRecord<byte[], byte[]>("in", 0, offset, null, new byte[0]))
		.toList();

	private static final Exception CAUSE = new IllegalStateException("cause");

	@Test
	void firstThatIsSaidAboutARecordCounts() {
		BatchResult result = BatchResult.success().failed(1, CAUSE).reject(1).nack(2, null).reject(3);
		BatchOutcome outcome = BatchOutcome.of(result, 4);
		assertThat(outcome.handled()).isEqualTo(4);
		assertThat(outcome.failures()).hasSize(3).containsEntry(1, CAUSE);
		assertThat(outcome.failures().get(2)).isInstanceOf(NackRecord.class);
		assertThat(outcome.failures().get(3)).isInstanceOf(RejectRecord.class);
	}

	@Test
	void resultThatNamesARecordThatIsNotThereIsAnError() {
		assertThatThrownBy(() -> BatchOutcome.of(BatchResult.success().reject(4), 4))
			.isInstanceOf(StreamException.class)
			.hasMessageContaining("[4]")
			.hasMessageContaining("only 4");
		assertThatThrownBy(() -> BatchResult.success().reject(-1)).isInstanceOf(IndexOutOfBoundsException.class);
	}

	@Test
	void failureWithoutACauseIsAnError() {
		assertThatThrownBy(() -> BatchResult.success().failed(0, null)).isInstanceOf(NullPointerException.class)
			.hasMessage("cause");
	}

	@Test
	void exceptionThatNamesRecordsIsFoundAmongTheCauses() {
		Exception failure = new CompletionException(
				new IllegalStateException(new BatchFailedException(Map.of(0, CAUSE, 3, CAUSE))));
		assertThat(BatchOutcome.of(failure, RECORDS)).isEqualTo(new BatchOutcome(Map.of(0, CAUSE, 3, CAUSE), 4));
	}

	@Test
	void springsExceptionNamesARecordByItsIndex() {
		assertThat(BatchOutcome.of(new BatchListenerFailedException("failed", CAUSE, 1), RECORDS))
			.isEqualTo(new BatchOutcome(Map.of(1, CAUSE), 2));
	}

	@Test
	void springsExceptionNamesARecordByItsCoordinates() {
		ConsumerRecord<String, String> decoded = new ConsumerRecord<>("in", 0, 7, "k", "v");
		BatchListenerFailedException failure = new BatchListenerFailedException("failed", decoded);
		assertThat(BatchOutcome.of(failure, RECORDS)).isEqualTo(new BatchOutcome(Map.of(2, failure), 3));
	}

	@Test
	void exceptionThatNamesNoneOrAnotherRecordIsAboutAll() {
		assertThat(BatchOutcome.of(CAUSE, RECORDS)).isNull();
		assertThat(BatchOutcome.of(new BatchFailedException(Map.of()), RECORDS)).isNull();
		assertThat(BatchOutcome.of(new BatchFailedException(4, CAUSE), RECORDS)).isNull();
		assertThat(BatchOutcome.of(new BatchListenerFailedException("failed", 4), RECORDS)).isNull();
		assertThat(BatchOutcome
			.of(new BatchListenerFailedException("failed", new ConsumerRecord<>("other", 0, 7, "k", "v")), RECORDS))
			.isNull();
	}

}
