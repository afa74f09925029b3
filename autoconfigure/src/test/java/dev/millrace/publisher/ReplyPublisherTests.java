package dev.millrace.publisher;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.SendResult;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.Response;
import dev.millrace.StreamRecord;
import dev.millrace.Tombstone;
import dev.millrace.codec.BodyWriter;
import dev.millrace.codec.TestRecord;
import dev.millrace.handler.TestDelivery;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ReplyPublisher} and {@link TemplateSender}.
 */
class ReplyPublisherTests {

	private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();

	private final List<CompletableFuture<SendResult<byte[], byte[]>>> futures = new ArrayList<>();

	private final List<List<ProducerRecord<byte[], byte[]>>> unsent = new ArrayList<>();

	private final List<@Nullable Throwable> failures = new ArrayList<>();

	@SuppressWarnings("unchecked")
	private final KafkaOperations<byte[], byte[]> operations = mock(KafkaOperations.class);

	private final StreamRecord incoming = TestDelivery.of(TestRecord.of("in").key("k").build());

	private final StreamRecord asking = TestDelivery
		.of(TestRecord.of("in").key("k").header("reply_to", "answers").build());

	private final RecordSender sender = new TemplateSender(this.operations, Runnable::run);

	private final ReplyPublisher publisher = publisher("a", "b", "c");

	@BeforeEach
	void sendByHand() {
		given(this.operations.send(anyRecord())).willAnswer((call) -> send(call.getArgument(0)));
	}

	private CompletableFuture<SendResult<byte[], byte[]>> send(ProducerRecord<byte[], byte[]> record) {
		((RecordHeaders) record.headers()).setReadOnly();
		this.sent.add(record);
		this.futures.add(new CompletableFuture<>());
		return this.futures.get(this.futures.size() - 1);
	}

	@Test
	void everyPublisherGetsTheValueAndItsHeadersOfItsOwn() {
		List<ProducerRecord<byte[], byte[]>> records = this.publisher.prepare(this.incoming, Map.of("id", 1));

		assertThat(records).extracting(ProducerRecord::topic).containsExactly("a", "b", "c");
		assertThat(records).allSatisfy((record) -> {
			assertThat(record.value()).asString().isEqualTo("{\"id\":1}");
			assertThat(TestReply.headers(record)).containsExactly("content-type=application/json",
					"correlation_id=in-topic-2@42");
		});
		records.get(0).headers().add("x", TestReply.bytes("x"));
		assertThat(records.get(1).headers().lastHeader("x")).isNull();
	}

	@Test
	void handlerWithoutAPublisherPublishesNothing() {
		assertThat(publisher().prepare(this.incoming, new Object())).isEmpty();
	}

	@Test
	void allAreSentBeforeTheFirstIsConfirmedAndTheConfirmationComesWithTheLast() {
		sendAll();

		assertThat(this.sent).extracting(ProducerRecord::topic).containsExactly("a", "b", "c");
		confirm(2);
		confirm(0);
		assertThat(this.failures).isEmpty();
		confirm(1);
		assertThat(this.failures).hasSize(1).containsOnlyNulls();
		assertThat(this.unsent).containsExactly(List.of());
	}

	@Test
	void onlyThoseThatFailedAreHandedBackWithTheFirstFailure() {
		RuntimeException first = new IllegalStateException("first");
		sendAll();

		this.futures.get(2).completeExceptionally(first);
		this.futures.get(0).completeExceptionally(new IllegalStateException("second"));
		assertThat(this.failures).isEmpty();
		confirm(1);

		assertThat(this.failures).containsExactly(first);
		assertThat(this.unsent.get(0)).extracting(ProducerRecord::topic).containsExactly("c", "a");
	}

	@Test
	void whatFailedCanBeSentAgainAsItWas() {
		sendAll();
		confirm(0);
		confirm(1);
		this.futures.get(2).completeExceptionally(new IllegalStateException());

		ProducerRecord<byte[], byte[]> again = this.unsent.get(0).get(0);
		assertThat(again).isEqualTo(this.sent.get(2));
		again.headers().add("traceparent", TestReply.bytes("x"));
		this.sender.send(this.unsent.get(0), (unsent, failure) -> this.unsent.add(unsent));
		confirm(3);

		assertThat(this.sent).extracting(ProducerRecord::topic).containsExactly("a", "b", "c", "c");
		assertThat(this.unsent.get(1)).isEmpty();
	}

	@Test
	void exceptionOfOneSendDoesNotKeepTheOthersBack() {
		KafkaException refused = new KafkaException("refused");
		willThrow(refused).willAnswer((call) -> send(call.getArgument(0))).given(this.operations).send(anyRecord());
		sendAll();
		confirm(0);
		confirm(1);

		assertThat(this.sent).extracting(ProducerRecord::topic).containsExactly("b", "c");
		assertThat(this.failures).containsExactly(refused);
		assertThat(this.unsent.get(0)).extracting(ProducerRecord::topic).containsExactly("a");
	}

	@Test
	void responseInThePlaceOfANothingGoesToItsTopic() {
		ReplyPublisher silent = publisher(ResolvableType.forClass(void.class));

		assertThat(silent.prepare(this.incoming, Response.of("x").withTopic("failures"))).singleElement()
			.satisfies((record) -> {
				assertThat(record.topic()).isEqualTo("failures");
				assertThat(record.value()).asString().isEqualTo("x");
			});
		assertThat(silent.prepare(this.incoming, List.of(Response.of("x").withTopic("a"), Response.of("y"))))
			.extracting(ProducerRecord::topic)
			.containsExactly("a");
		assertThat(silent.prepare(this.incoming, "x")).isEmpty();
		assertThat(silent.prepare(this.incoming, List.of("x"))).isEmpty();
	}

	@Test
	void responsesInThePlaceOfValuesOfATypeAreRecordsOfTheirOwn() {
		for (ResolvableType declared : List.of(ResolvableType.forClass(String.class),
				ResolvableType.forClassWithGenerics(List.class, String.class))) {
			assertThat(publisher(declared, "a").prepare(this.incoming,
					List.of(Response.of("x").withTopic("failures"), Tombstone.of("gone"), Response.of("y"))))
				.extracting(ReplyPublisherTests::text)
				.containsExactly("failures:k=x", "a:gone=null", "a:k=y");
		}
		assertThat(publisher(ResolvableType.forClassWithGenerics(List.class, String.class), "a").prepare(this.incoming,
				List.of("x", "y")))
			.extracting(ReplyPublisherTests::text)
			.containsExactly("a:k=[\"x\",\"y\"]");
	}

	@Test
	void nothingAmongResponsesIsNoRecord() {
		List<@Nullable Response<String>> some = Arrays.asList(null, Response.of("x"), null);
		ResolvableType declared = ResolvableType.forClassWithGenerics(List.class,
				ResolvableType.forClassWithGenerics(Response.class, String.class));

		assertThat(publisher(declared, "a").prepare(this.incoming, some)).extracting(ReplyPublisherTests::text)
			.containsExactly("a:k=x");
		assertThat(publisher(declared, "a").prepare(this.asking, some)).extracting(ReplyPublisherTests::text)
			.containsExactly("answers:null=x", "a:k=x");
		assertThat(publisher(ResolvableType.forClass(Object.class), "a").prepare(this.asking, some))
			.extracting(ReplyPublisherTests::text)
			.containsExactly("answers:null=x", "a:k=x");
	}

	@Test
	void noResponsesAtAllAreAnsweredAsNothing() {
		ReplyPublisher publisher = publisher(ResolvableType.forClassWithGenerics(List.class, Response.class), "a");

		for (List<?> none : List.of(List.of(), Arrays.asList(null, null))) {
			assertThat(publisher.prepare(this.asking, none)).extracting(ReplyPublisherTests::text)
				.containsExactly("answers:null=null");
			assertThat(publisher.prepare(this.incoming, none)).isEmpty();
		}
	}

	private static String text(ProducerRecord<byte[], byte[]> record) {
		return record.topic() + ":" + text(record.key()) + "=" + text(record.value());
	}

	private static @Nullable String text(byte @Nullable [] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	private void sendAll() {
		this.sender.send(this.publisher.prepare(this.incoming, "value"), (unsent, failure) -> {
			this.unsent.add(unsent);
			this.failures.add(failure);
		});
	}

	private void confirm(int index) {
		this.futures.get(index).complete(new SendResult<>(this.sent.get(index), null));
	}

	private static ProducerRecord<byte[], byte[]> anyRecord() {
		return any();
	}

	private ReplyPublisher publisher(String... topics) {
		return new ReplyPublisher(TestEndpoint.publishing(topics).handlers().get(0),
				ResolvableType.forClass(Object.class), new BodyWriter(JsonMapper.builder().build()), null,
				PublisherInterceptors.NONE);
	}

	private ReplyPublisher publisher(ResolvableType declared, String... topics) {
		return new ReplyPublisher(TestEndpoint.publishing(topics).handlers().get(0), declared,
				new BodyWriter(JsonMapper.builder().build()),
				new ReplyTopics((topic) -> CompletableFuture.completedStage(1)), PublisherInterceptors.NONE);
	}

}
