package dev.millrace.publisher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.OutgoingRecord;
import dev.millrace.PublishResult;
import dev.millrace.PublisherInterceptor;
import dev.millrace.Response;
import dev.millrace.StreamRecord;
import dev.millrace.codec.BodyWriter;
import dev.millrace.codec.TestRecord;
import dev.millrace.handler.TestDelivery;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link InterceptedPublishing}, and for what interceptors may do to an
 * {@link OutgoingRecord}.
 */
class InterceptedPublishingTests {

	private static final OutgoingRecord RECORD = new OutgoingRecord("out", 1, null, "k", "body",
			List.of(TextHeader.of("correlation_id", "c"), TextHeader.of("a", "1"), TextHeader.of("a", "2")));

	private final StreamRecord handled = TestDelivery.of(TestRecord.of("in").build());

	private final List<String> journal = new ArrayList<>();

	@Test
	void interceptorsAreEnteredAndLeftInTheirOrder() {
		List<ProducerRecord<byte[], byte[]>> encoded = encode(as("outer"), as("inner"));

		assertThat(this.journal).containsExactly("+outer", "+inner", "-inner", "-outer");
		assertThat(encoded).singleElement().extracting(ProducerRecord::topic).isEqualTo("out");
	}

	@Test
	void eachSeesWhatTheOneAroundItHasMadeOfTheRecord() {
		List<ProducerRecord<byte[], byte[]>> encoded = encode((record, publishing) -> {
			assertThat(publishing.handled()).isSameAs(this.handled);
			publishing.proceed(record.withBody(List.of(1)).withKey("other").withTopic("elsewhere"));
		}, (record, publishing) -> {
			assertThat(record.body()).isEqualTo(List.of(1));
			assertThat(record.header("a")).isEqualTo("2");
			assertThat(record.header("none")).isNull();
			assertThat(publishing.handled()).isSameAs(this.handled);
			publishing.proceed(record.withPartition(null).withHeader("a", "3").withoutHeader("correlation_id"));
		});

		assertThat(encoded).singleElement().satisfies((record) -> {
			assertThat(record.topic()).isEqualTo("elsewhere");
			assertThat(record.partition()).isNull();
			assertThat(record.key()).asString().isEqualTo("other");
			assertThat(record.value()).asString().isEqualTo("[1]");
			assertThat(TestReply.headers(record)).containsExactly("content-type=application/json", "a=3");
		});
		assertThat(RECORD.headers()).hasSize(3);
	}

	@Test
	void recordMayBeLeftOutOrBecomeSeveral() {
		List<CompletionStage<PublishResult>> outcomes = new ArrayList<>();
		PublisherInterceptor watching = (record, publishing) -> outcomes.add(publishing.proceed(record));

		assertThat(encode(watching, (record, publishing) -> this.journal.add("left out"))).isEmpty();
		List<ProducerRecord<byte[], byte[]>> two = encode(watching, (record, publishing) -> {
			publishing.proceed(record);
			publishing.proceed(record.withTopic("copy"));
		});

		assertThat(two).extracting(ProducerRecord::topic).containsExactly("out", "copy");
		assertThat(outcomes.get(0)).isCompletedWithValue(new PublishResult("out", -1, -1));
		PendingSends pending = new PendingSends(2, (unsent, failure) -> this.journal.add("confirmed"));
		pending.completed(two.get(1), metadata("copy", 5), null);
		assertThat(outcomes.get(1)).isNotDone();
		pending.completed(two.get(0), metadata("out", 7), null);
		assertThat(outcomes.get(1)).isCompletedWithValue(new PublishResult("out", 0, 7));
		assertThat(this.journal).containsExactly("left out", "confirmed");
	}

	@Test
	void outcomeIsThatOfTheFirstSend() {
		List<CompletionStage<PublishResult>> outcomes = new ArrayList<>();
		List<ProducerRecord<byte[], byte[]>> encoded = encode(
				(record, publishing) -> outcomes.add(publishing.proceed(record)));
		List<ProducerRecord<byte[], byte[]>> again = new ArrayList<>();

		new PendingSends(1, (unsent, failure) -> again.addAll(unsent)).completed(encoded.get(0), null,
				new IllegalArgumentException("refused"));
		assertThat(outcomes.get(0)).failsWithin(0, TimeUnit.SECONDS)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(IllegalArgumentException.class);
		assertThat(again).containsExactlyElementsOf(encoded);
	}

	@Test
	void whatIsNotSentBecauseAnotherRecordFailsHasAnOutcomeToo() {
		List<CompletionStage<PublishResult>> outcomes = new ArrayList<>();
		PublisherInterceptor watching = (record, publishing) -> {
			outcomes.add(publishing.proceed(record));
			publishing.proceed(record.withBody(new Unwritable()));
		};

		assertThatThrownBy(() -> encode(watching)).hasRootCauseMessage("It can't be written");
		assertThat(outcomes.get(0)).failsWithin(0, TimeUnit.SECONDS);
	}

	@Test
	void whatIsNotSentBecauseAnotherResultFailsHasAnOutcomeToo() {
		List<CompletionStage<PublishResult>> outcomes = new ArrayList<>();
		ReplyPublisher publisher = new ReplyPublisher(TestEndpoint.publishing("out").handlers().get(0),
				ResolvableType.forClassWithGenerics(List.class, Object.class), new BodyWriter(JsonMapper.shared()),
				null, new PublisherInterceptors(
						List.of((record, publishing) -> outcomes.add(publishing.proceed(record))), (name) -> {
							throw new AssertionError(name);
						}));

		assertThatThrownBy(
				() -> publisher.prepare(this.handled, List.of("a", Response.of("b").withKey(new Unwritable()))))
			.hasStackTraceContaining("It can't be written");
		assertThat(outcomes.get(0)).failsWithin(0, TimeUnit.SECONDS);
	}

	@Test
	void whatGoesOnTooLateIsRefused() {
		List<PublisherInterceptor.Publishing> kept = new ArrayList<>();

		assertThat(encode((record, publishing) -> kept.add(publishing))).isEmpty();
		assertThatIllegalStateException().isThrownBy(() -> kept.get(0).proceed(RECORD))
			.withMessage("An interceptor must go on before it returns");
	}

	private List<ProducerRecord<byte[], byte[]>> encode(PublisherInterceptor... interceptors) {
		return new RecordEncoder(0, this.handled).encode(RECORD, new BodyWriter(JsonMapper.shared()),
				List.of(interceptors));
	}

	private PublisherInterceptor as(String name) {
		return (record, publishing) -> {
			this.journal.add("+" + name);
			publishing.proceed(record);
			this.journal.add("-" + name);
		};
	}

	private static RecordMetadata metadata(String topic, long offset) {
		return new RecordMetadata(new TopicPartition(topic, 0), offset, 0, 0, 0, 0);
	}

	/**
	 * Body, or key, that fails when it is written.
	 */
	static final class Unwritable {

		@JsonProperty("text")
		String text() {
			throw new IllegalStateException("It can't be written");
		}

		@Override
		public String toString() {
			return text();
		}

	}

}
