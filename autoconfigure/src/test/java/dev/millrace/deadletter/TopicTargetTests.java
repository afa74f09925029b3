package dev.millrace.deadletter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

import dev.millrace.StreamException;
import dev.millrace.publisher.TransactionalProducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TopicTarget}, with dead letters of two partitions of which one is
 * left.
 */
class TopicTargetTests {

	private final MockProducer<byte[], byte[]> producer = new MockProducer<>(true, null, new ByteArraySerializer(),
			new ByteArraySerializer());

	private final ReplayLog log = new ReplayLog("log", new RecordScan((isolation) -> {
		throw new IllegalStateException("Nothing is read");
	}, Duration.ZERO, Duration.ZERO));

	private final TopicTarget target = new TopicTarget(new TransactionalProducer(new Factory(), Runnable::run),
			this.log, new ReplayEntries("replay", ReplayRequest.of("subscriber"), InstantSource.system()),
			new TopicLookup((names) -> CompletableFuture.completedFuture(Map.of("in", new TopicDescription("in", false,
					List.of(new TopicPartitionInfo(0, Node.noNode(), List.of(), List.of())))))));

	@Test
	void recordGoesWhereItCameFromOrElseWhereItsKeySays() {
		assertThat(this.target.replay(letters(2), () -> false)).isEqualTo(2);

		assertThat(this.producer.history()).extracting(ProducerRecord::topic).containsExactly("in", "log", "in", "log");
		assertThat(this.producer.history()).extracting(ProducerRecord::partition).containsExactly(0, null, null, null);
		assertThat(this.producer.history().get(1).value()).asString().contains("\"to\":\"in-0\"");
		assertThat(this.producer.history().get(3).value()).asString()
			.contains("\"to\":\"in\"")
			.contains("\"topicId\":\"id\"");
		assertThat(this.producer.commitCount()).isEqualTo(1);
	}

	@Test
	void nothingIsSentAfterTheFirstThatCanNotBeWritten() {
		TimeoutException why = new TimeoutException("no such partition");
		this.producer.sendException = why;

		assertThatExceptionOfType(StreamException.class)
			.isThrownBy(() -> this.target.replay(letters(3), () -> this.producer.sendException == null))
			.withMessage("The dead letter in-dlt-0@0 can't be written to 'in'; mend that, or choose others: " + why)
			.withCause(why);
		assertThat(this.producer.history()).isEmpty();
		assertThat(this.producer.transactionCommitted()).isFalse();
	}

	@Test
	void cancellationLeavesTheRest() {
		assertThat(this.target.replay(letters(3), () -> this.producer.uncommittedRecords().size() == 4)).isEqualTo(2);

		assertThat(this.producer.history()).hasSize(4);
		assertThat(this.producer.commitCount()).isEqualTo(1);
	}

	private static List<DeadLetter> letters(int count) {
		return LongStream.range(0, count)
			.mapToObj((offset) -> new DeadLetter(new ConsumerRecord<>("in-dlt", 0, offset, new byte[0], new byte[0]),
					new DeadLetterOrigin(new RecordPosition("in", (int) offset % 2, offset), 0, null, null, null, null,
							1, 0),
					false, "id"))
			.toList();
	}

	private final class Factory extends DefaultKafkaProducerFactory<byte[], byte[]> {

		Factory() {
			super(Map.of());
		}

		@Override
		public Producer<byte[], byte[]> createProducer() {
			TopicTargetTests.this.producer.initTransactions();
			return TopicTargetTests.this.producer;
		}

	}

}
