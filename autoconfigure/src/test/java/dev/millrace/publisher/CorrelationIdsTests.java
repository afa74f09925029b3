package dev.millrace.publisher;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.KafkaHeaders;

import dev.millrace.codec.TestRecord;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CorrelationIds}.
 */
class CorrelationIdsTests {

	private static final UUID ID = UUID.fromString("f0e1d2c3-b4a5-9687-8796-a5b4c3d2e1f0");

	private final TestRecord record = TestRecord.of("body");

	@Test
	void ownIdIsPassedOn() {
		assertThat(idOf(this.record.header("correlation_id", "ünique"))).isEqualTo("ünique");
	}

	@Test
	void lastOfSeveralIdsIsPassedOn() {
		assertThat(idOf(this.record.header("correlation_id", "a").header("correlation_id", "b"))).isEqualTo("b");
	}

	@Test
	void ownIdComesBeforeSprings() {
		assertThat(idOf(this.record.header("correlation_id", "own").header(KafkaHeaders.CORRELATION_ID, "spring")))
			.isEqualTo("own");
	}

	@Test
	void textOfSpringIsPassedOnUnderOurName() {
		assertThat(idOf(this.record.header(KafkaHeaders.CORRELATION_ID, "spring"))).isEqualTo("spring");
	}

	@Test
	void binaryUuidOfSpringBecomesText() {
		byte[] bytes = ByteBuffer.allocate(16)
			.putLong(ID.getMostSignificantBits())
			.putLong(ID.getLeastSignificantBits())
			.array();

		assertThat(idOf(this.record.header(KafkaHeaders.CORRELATION_ID, bytes))).isEqualTo(ID.toString());
	}

	@Test
	void recordWithoutAnIdIsNamedByItsCoordinates() {
		assertThat(idOf(this.record)).isEqualTo("in-topic-2@42");
	}

	@Test
	void idThatIsNullEmptyOrNoTextIsNotPassedOn() {
		for (byte[] value : new byte[][] { null, {}, { (byte) 0xFF, 1 }, { (byte) 0xC3 } }) {
			assertThat(idOf(TestRecord.of("body").header("correlation_id", value))).isEqualTo("in-topic-2@42");
			assertThat(idOf(TestRecord.of("body").header(KafkaHeaders.CORRELATION_ID, value)))
				.isEqualTo("in-topic-2@42");
		}
	}

	@Test
	void binaryOwnIdGivesWayToSprings() {
		assertThat(idOf(this.record.header("correlation_id", new byte[] { (byte) 0x80 })
			.header(KafkaHeaders.CORRELATION_ID, "spring"))).isEqualTo("spring");
	}

	private static String idOf(TestRecord record) {
		Header header = CorrelationIds.headerFor(record.build());
		assertThat(header.key()).isEqualTo("correlation_id");
		return new String(header.value(), StandardCharsets.UTF_8);
	}

}
