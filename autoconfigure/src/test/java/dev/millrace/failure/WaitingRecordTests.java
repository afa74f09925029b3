package dev.millrace.failure;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the headers of a retry topic say.
 */
class WaitingRecordTests {

	private final RecordHeaders headers = new RecordHeaders();

	@Test
	void comesBackAsItWas() {
		this.headers.add("trace", new byte[] { -1 }).add("nothing", null);
		ConsumerRecord<byte[], byte[]> original = record("orders", 3, 17, this.headers);
		WaitingRecord read = WaitingRecord
			.read(polled(new WaitingRecord(original, 4, Instant.ofEpochMilli(1000), Instant.ofEpochMilli(5000))));

		assertThat(read.attempts()).isEqualTo(4);
		assertThat(read.firstAttempt()).isEqualTo(Instant.ofEpochMilli(1000));
		assertThat(read.due()).isEqualTo(Instant.ofEpochMilli(5000));
		assertThat(read.original()).usingRecursiveComparison().isEqualTo(original);
		assertThat(read.original().timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
	}

	@Test
	void dueInTheFarthestFuture() {
		ConsumerRecord<byte[], byte[]> polled = polled(
				new WaitingRecord(record("orders", 0, 1, this.headers), 1, Instant.EPOCH, Instant.EPOCH));
		polled.headers().add("retry-due", TestCluster.bytes("" + Long.MAX_VALUE));
		assertThat(WaitingRecord.read(polled).due()).isEqualTo(Instant.ofEpochMilli(Long.MAX_VALUE));
	}

	@Test
	void headersThatTheRecordCameWithAreNoneOfOurs() {
		this.headers.add("retry-topic", TestCluster.bytes("theirs")).add("retry-due", null);
		ConsumerRecord<byte[], byte[]> original = record("orders", 0, 1, this.headers);
		WaitingRecord read = WaitingRecord.read(polled(new WaitingRecord(original, 1, Instant.EPOCH, Instant.EPOCH)));

		assertThat(read.original().topic()).isEqualTo("orders");
		assertThat(Stream.of(read.original().headers().toArray()).map((header) -> header.key()))
			.containsExactlyInAnyOrder("retry-topic", "retry-due");
		assertThat(TestCluster.header(read.original(), "retry-topic")).isEqualTo("theirs");
	}

	@Test
	void longReasonIsCut() {
		new WaitingRecord(record("orders", 0, 1, this.headers), 1, Instant.EPOCH, Instant.EPOCH).addTo(this.headers,
				new IllegalStateException("x".repeat(100_000)));

		assertThat(this.headers.lastHeader("retry-reason").value()).hasSize(1000);
	}

	@Test
	void recordOfSomebodyElseIsNone() {
		assertThat(WaitingRecord.read(record("retry", 0, 1, this.headers))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "due", "attempts", "first-attempt", "topic", "partition", "offset", "timestamp",
			"timestamp-type", "reason" })
	void recordWithoutOneOfTheHeadersIsNone(String name) {
		ConsumerRecord<byte[], byte[]> polled = polled(
				new WaitingRecord(record("orders", 0, 1, this.headers), 1, Instant.EPOCH, Instant.EPOCH));
		Headers headers = polled.headers().remove("retry-" + name);
		assertThat(WaitingRecord.read(polled)).isNull();
		headers.add("retry-" + name, null);
		assertThat(WaitingRecord.read(polled)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "due", "attempts", "first-attempt", "partition", "offset", "timestamp", "timestamp-type" })
	void recordWithNonsenseInAHeaderIsNone(String name) {
		ConsumerRecord<byte[], byte[]> polled = polled(
				new WaitingRecord(record("orders", 0, 1, this.headers), 1, Instant.EPOCH, Instant.EPOCH));
		polled.headers().add("retry-" + name, TestCluster.bytes("soon"));
		assertThat(WaitingRecord.read(polled)).isNull();
	}

	private static ConsumerRecord<byte[], byte[]> polled(WaitingRecord waiting) {
		RecordHeaders headers = new RecordHeaders(waiting.original().headers());
		waiting.addTo(headers, new IllegalStateException("why"));
		return record("retry", 9, 99, headers);
	}

	private static ConsumerRecord<byte[], byte[]> record(String topic, int partition, long offset,
			RecordHeaders headers) {
		return new ConsumerRecord<>(topic, partition, offset, 1234, TimestampType.LOG_APPEND_TIME, 1, 2, new byte[1],
				new byte[2], headers, Optional.empty());
	}

}
