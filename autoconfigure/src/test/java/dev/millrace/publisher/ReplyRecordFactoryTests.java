package dev.millrace.publisher;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.millrace.codec.TestRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ReplyRecordFactory}: topic, partition and headers.
 */
class ReplyRecordFactoryTests {

	@Test
	void replyHasTheBodyTheKeyOfTheRecordAndTwoHeaders() {
		ProducerRecord<byte[], byte[]> reply = new TestReply().create("value");

		assertThat(reply.topic()).isEqualTo("out");
		assertThat(reply.partition()).isNull();
		assertThat(reply.timestamp()).isNull();
		assertThat(reply.key()).asString().isEqualTo("k");
		assertThat(reply.value()).asString().isEqualTo("value");
		assertThat(TestReply.headers(reply)).containsExactly("content-type=text/plain", "correlation_id=id");
	}

	@Test
	void headersOfTheIncomingRecordAreNotPassedOn() {
		TestRecord incoming = TestRecord.json("{}").header("source", "elsewhere").header("empty", (byte[]) null);

		assertThat(TestReply.headers(new TestReply().to(incoming).create("value")))
			.containsExactly("content-type=text/plain", "correlation_id=id");
	}

	@Test
	void declaredHeadersComeLastAndWin() {
		ProducerRecord<byte[], byte[]> reply = new TestReply().header("z", "1")
			.header("correlation_id", "mine")
			.header("content-type", "text/csv")
			.header("a", "ü")
			.create("value");

		assertThat(TestReply.headers(reply)).containsExactly("z=1", "correlation_id=mine", "content-type=text/csv",
				"a=ü");
	}

	@ParameterizedTest
	@CsvSource({ "2,2", "#record.partition(),2", "length(),5", "#record.offset() % 4,2", "null,", "length() / 2L,2" })
	void partitionIsAWholeNumberOrLeftToTheProducer(String expression, Integer expected) {
		assertThat(new TestReply().partition(expression).create("value").partition()).isEqualTo(expected);
	}

	@Test
	void partitionThatIsNoNumberFailsTheRecord() {
		assertThatIllegalStateException().isThrownBy(() -> new TestReply().partition("#root").create("value"))
			.withMessage("The partition expression of publisher 'out' yields java.lang.String, not a number");
	}

	@Test
	void negativePartitionFailsTheRecord() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TestReply().partition("-1").create("value"))
			.withMessageContaining("-1");
	}

}
