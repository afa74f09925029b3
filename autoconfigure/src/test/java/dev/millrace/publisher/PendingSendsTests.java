package dev.millrace.publisher;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.PublishResult;
import dev.millrace.PublisherInterceptor;
import dev.millrace.ReplyTopicException;
import dev.millrace.StreamOperations;
import dev.millrace.StreamRecord;
import dev.millrace.codec.BodyWriter;
import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.handler.TestDelivery;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PendingSends}: interceptors learn of what is never sent, too.
 */
class PendingSendsTests {

	private final List<CompletionStage<PublishResult>> outcomes = new ArrayList<>();

	private final List<PublisherInterceptor> interceptors = List
		.of((record, publishing) -> this.outcomes.add(publishing.proceed(record)));

	private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();

	private final StreamRecord handled = TestDelivery.of(TestRecord.of("in").build());

	@Test
	void whatIsPublishedForARecordThatIsOverHasAnOutcome() {
		RecordScope scope = new RecordScope(this.handled, 1, (records, confirmed) -> this.sent.addAll(records),
				this.interceptors,
				(target) -> new DefaultStreamOperations(new OutgoingRecords(new BodyWriter(JsonMapper.shared())),
						new PublishedTopics(), PendingSendsTests::noRequests, () -> target));
		StreamOperations operations = scope.operations();
		scope.leave();

		assertThatIllegalStateException().isThrownBy(() -> operations.publish("out", "a"));
		assertThatIllegalStateException().isThrownBy(() -> operations.publishAll("out", List.of("b", "c")));

		assertThat(this.sent).isEmpty();
		assertThat(this.outcomes).hasSize(3).allSatisfy((outcome) -> assertThat(outcome).isCompletedExceptionally());
	}

	@Test
	void failureThatNobodyCanBeToldHasAnOutcome() {
		ReplyPublisher publisher = new ReplyPublisher(TestEndpoint.publishing().handlers().get(0),
				ResolvableType.forClass(Object.class), new BodyWriter(JsonMapper.shared()),
				new ReplyTopics((topic) -> CompletableFuture.completedStage(0)),
				new PublisherInterceptors(this.interceptors, (name) -> {
					throw new AssertionError(name);
				}));
		List<@Nullable Throwable> failures = new ArrayList<>();

		new ErrorReplies(publisher, (records, confirmed) -> this.sent.addAll(records), Runnable::run)
			.send(TestRecord.of("in")
				.header("reply_to", "answers")
				.header("kafka_replyPartition", new byte[] { 0, 0, 0, 7 })
				.header("reply_errors", "true")
				.build(), new IllegalStateException(), (unsent, failure) -> failures.add(failure));

		assertThat(this.sent).isEmpty();
		assertThat(failures).singleElement()
			.satisfies((failure) -> assertThat(failure).rootCause().isInstanceOf(ReplyTopicException.class));
		assertThat(this.outcomes).singleElement()
			.satisfies((outcome) -> assertThat(outcome).isCompletedExceptionally());
	}

	private static <T> CompletableFuture<@Nullable T> noRequests(Requester.Request request, Type type,
			@Nullable Duration timeout) {
		throw new AssertionError();
	}

}
