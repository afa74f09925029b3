package dev.millrace.publisher;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.expression.EvaluationException;

import dev.millrace.codec.TestRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReplyRecordFactory} and {@link PublisherExpression}: the key.
 */
class KeyExpressionTests {

	private final Order order = new Order("o-1", new Account(7), List.of(new Account(8), new Account(9)),
			Map.of("city", "Rome"), TestReply.bytes(0, 255), Optional.of("opt"), null);

	@Test
	void keyOfTheRecordIsKeptByteForByte() {
		byte[] key = TestReply.bytes(0, 200, 255);

		assertThat(new TestReply().to(TestRecord.of("in").key(key)).create("value").key()).isEqualTo(key);
	}

	@Test
	void recordWithoutAKeyCausesAReplyWithoutAKey() {
		assertThat(new TestReply().to(TestRecord.of("in")).create("value").key()).isNull();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "id,o-1", "account.number,7", "account.getNumber(),7", "account.label,seven", "items[1].number,9",
					"items.size(),2", "items.![number].toString(),\"[8, 9]\"", "tags['city'],Rome", "tags.city,Rome",
					"'all','all'", "#record.topic(),in-topic", "#record.topic() + '-' + id,in-topic-o-1",
					"\"#record.headers().lastHeader('h').value()\",header", "#root.id,o-1", "id.substring(2),1",
					"account?.number,7", "id ?: 'none',o-1", "account.number > 5 ? 'big' : 'small',big", "optional,opt",
					"nothing," })
	void expressionReadsTheValueAndTheRecord(String expression, String expected) {
		assertThat(new TestReply().key(expression).to(TestRecord.of("in").header("h", "header")).keyOf(this.order))
			.isEqualTo((expected != null) ? expected.replace("'", "") : null);
	}

	@Test
	void keyOfTheRecordCanBeUsedInAnExpression() {
		byte[] key = TestReply.bytes(0, 200, 255);

		assertThat(new TestReply().key("#record.key()").to(TestRecord.of("in").key(key)).create("value").key())
			.isSameAs(key);
	}

	@Test
	void bytesAreUsedAsTheyAre() {
		assertThat(new TestReply().key("bytes").create(this.order).key()).isSameAs(this.order.bytes());
	}

	@Test
	void textIsUsedAsUtf8() {
		assertThat(new TestReply().key("'ü'").create("value").key()).isEqualTo(TestReply.bytes(0xC3, 0xBC));
	}

	@Test
	void entryOfAMapIsReadAndAMissingOneIsNoKey() {
		Map<String, Object> value = Map.of("id", 5);

		assertThat(new TestReply().key("id").type(Map.class).keyOf(value)).isEqualTo("5");
		assertThat(new TestReply().key("['none']").type(Map.class).keyOf(value)).isNull();
	}

	@Test
	void sameExpressionIsEvaluatedForValuesOfDifferentTypes() {
		TestReply reply = new TestReply().key("number").type(Object.class);

		assertThat(List.of(reply.keyOf(new Account(1)), reply.keyOf(new Other("2")))).containsExactly("1", "2");
	}

	@Test
	void typesCantBeReachedThroughMethods() {
		assertThatExceptionOfType(EvaluationException.class)
			.isThrownBy(() -> new TestReply().key("getClass().getName()").type(Object.class).create(this.order));
	}

	/**
	 * Value with properties of several kinds.
	 */
	record Order(String id, Account account, List<Account> items, Map<String, String> tags, byte[] bytes,
			Optional<String> optional, @Nullable String nothing) {

	}

	/**
	 * Value with a getter and a field.
	 */
	public static class Account {

		public final String label = "seven";

		private final int number;

		Account(int number) {
			this.number = number;
		}

		public int getNumber() {
			return this.number;
		}

	}

	/**
	 * Value of another type with the same property.
	 */
	record Other(String number) {

	}

}
