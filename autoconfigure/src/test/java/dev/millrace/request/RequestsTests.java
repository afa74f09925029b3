package dev.millrace.request;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.PublishResult;
import dev.millrace.PublisherInterceptor;
import dev.millrace.Response;
import dev.millrace.StreamException;
import dev.millrace.StreamOperations;
import dev.millrace.codec.BodyWriter;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.handler.TestDelivery;
import dev.millrace.publisher.OutgoingRecords;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.ReplyTopics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Requests}.
 */
@Timeout(20)
class RequestsTests {

	private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();

	private final List<CompletionStage<PublishResult>> outcomes = new ArrayList<>();

	private final List<String> created = new ArrayList<>();

	private CompletionStage<?> creation = new CompletableFuture<>();

	private CompletionStage<Integer> partitions = CompletableFuture.completedStage(1);

	private final Requests requests = new Requests(new RequestSettings("replies", null, Duration.ofMinutes(1)),
			new RequestClients((records, confirmed) -> this.sent.addAll(records), (topic) -> {
				this.created.add(topic);
				return this.creation;
			}, RequestsTests::consumer, TestDelivery::deliveries), new ReplyTopics((topic) -> this.partitions));

	private final PublisherInterceptor watching = (record, publishing) -> this.outcomes.add(publishing.proceed(record));

	private final StreamOperations streams = new RecordScopes(new OutgoingRecords(new BodyWriter(JsonMapper.shared())),
			new PublishedTopics(), () -> List.of(this.watching), this.requests)
		.operations((records, confirmed) -> this.sent.addAll(records));

	@AfterEach
	void close() {
		this.requests.close();
	}

	@Test
	void requestThatCouldNotBeSentHasAnOutcome() throws Exception {
		this.creation = CompletableFuture.failedStage(new IllegalStateException("no topic"));

		assertThat(failure(this.streams.request("in", "a", String.class))).hasMessage("no topic");

		assertThat(this.sent).isEmpty();
		assertThat(this.requests.waiting()).isZero();
		assertThat(this.outcomes).singleElement()
			.satisfies((outcome) -> assertThat(outcome).isCompletedExceptionally());
	}

	@Test
	void requestWithTheIdOfAnotherHasAnOutcome() throws Exception {
		Response<String> request = Response.of("a").withCorrelationId("same");
		this.streams.request("in", request, String.class);

		assertThatIllegalArgumentException().isThrownBy(() -> this.streams.request("in", request, String.class));

		assertThat(this.requests.waiting()).isOne();
		assertThat(this.outcomes.get(0)).isNotDone();
		assertThat(this.outcomes.get(1)).isCompletedExceptionally();
	}

	@Test
	void requestThatNobodyWaitsForAnyMoreIsNotSentAndHasAnOutcome() throws Exception {
		CompletableFuture<Integer> lookUp = new CompletableFuture<>();
		this.creation = CompletableFuture.completedStage("created");
		this.partitions = lookUp;
		CompletableFuture<@Nullable String> answer = this.streams.request("in", "a", String.class);
		answer.cancel(false);

		lookUp.complete(1);

		assertThat(failure(this.outcomes.get(0).toCompletableFuture()))
			.hasMessageContaining("Nobody waits for the answer any more");
		assertThat(this.sent).isEmpty();
	}

	@Test
	void requestThatIsMadeAfterTheStopFailsAtOnce() throws Exception {
		this.requests.close();

		assertThat(failure(this.streams.request("in", "a", String.class))).isInstanceOf(StreamException.class)
			.hasMessageStartingWith("The application has stopped");

		assertThat(this.created).isEmpty();
		assertThat(this.requests.waiting()).isZero();
		assertThat(this.outcomes.get(0)).isCompletedExceptionally();
	}

	@Test
	void answerMayBeWaitedForForEver() {
		Response<String> request = Response.of("a").withCorrelationId("same");

		CompletableFuture<@Nullable String> answer = this.streams.request("in", request, String.class,
				ChronoUnit.FOREVER.getDuration());

		assertThat(answer).isNotDone();
		assertThat(this.requests.waiting()).isOne();
	}

	private static Consumer<byte[], byte[]> consumer() {
		MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
		consumer.updatePartitions("replies", List.of(new PartitionInfo("replies", 0, null, null, null)));
		consumer.updateEndOffsets(Map.of(new TopicPartition("replies", 0), 0L));
		return consumer;
	}

	private static Throwable failure(CompletableFuture<?> future)
			throws InterruptedException, ExecutionException, TimeoutException {
		return future.handle((value, failure) -> failure).get(10, TimeUnit.SECONDS);
	}

}
