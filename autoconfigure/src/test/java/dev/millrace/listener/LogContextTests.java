package dev.millrace.listener;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import dev.millrace.AckPolicy;
import dev.millrace.Ordering;
import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Lanes;
import dev.millrace.dispatch.RunContext;
import dev.millrace.dispatch.Timer;
import dev.millrace.dispatch.WindowLimits;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogContext} on a thread that handles one record after the other.
 */
class LogContextTests {

	private final LogContext log = new LogContext();

	private final RunContext context = this.log.runs(subscriber("one"));

	private final Queue<Runnable> threads = new ArrayDeque<>();

	private final List<InFlightRecord> records = new ArrayList<>();

	private final List<@Nullable Map<String, String>> seen = new ArrayList<>();

	private boolean clearing;

	private final Assignment assignment = new Assignment(new Lanes(LaneSelector.of(Ordering.PARTITION),
			this.threads::add, 10, Double.POSITIVE_INFINITY, Timer.SYSTEM, this.context), this::handle,
			() -> new WindowLimits(100, 50, false), () -> {
			});

	@AfterEach
	void isEmptyBehindTheLastRecord() {
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void changesFromRecordToRecord() {
		poll(0, List.of(record(0, 7, "a"), record(0, 8, null), record(0, 9, "b")));
		poll(1, List.of(record(1, 9, "b")));
		run();

		assertThat(this.seen).containsExactly(shown(0, 7, "a"), shown(0, 8, null), shown(0, 9, "b"), shown(1, 9, "b"));
	}

	@Test
	void comesBackForTheNextRecordWhenAHandlerHasClearedIt() {
		this.clearing = true;
		poll(0, List.of(record(0, 7, "a"), record(0, 8, "b")));
		run();

		assertThat(this.seen).containsExactly(shown(0, 7, "a"), shown(0, 8, "b"));
	}

	@Test
	void comesBackWhenAnotherRecordIsDoneWith() {
		poll(0, List.of(record(0, 7, "a")));
		run();
		InFlightRecord earlier = this.records.get(0);
		try (RunContext.Run series = this.context.begin()) {
			try (RunContext.Run run = this.context.enter(earlier)) {
				try (RunContext.Run other = this.log.runs(subscriber("two")).enter(earlier)) {
					assertThat(MDC.get("millrace.subscriber")).isEqualTo("two");
				}
				assertThat(MDC.getCopyOfContextMap()).isEqualTo(shown(0, 7, "a"));
			}
			try (RunContext.Run run = this.context.enter(List.of(earlier, earlier))) {
				assertThat(MDC.getCopyOfContextMap())
					.isEqualTo(Map.of("millrace.subscriber", "one", "millrace.topic", "t", "millrace.partition", "0"));
			}
		}
	}

	@Test
	void recordByItselfLeavesNothing() {
		poll(0, List.of(record(0, 7, "a")));
		run();
		try (RunContext.Run run = this.context.enter(this.records.get(0))) {
			assertThat(MDC.getCopyOfContextMap()).isEqualTo(shown(0, 7, "a"));
			try (RunContext.Run again = this.context.enter(this.records.get(0))) {
				assertThat(MDC.getCopyOfContextMap()).isEqualTo(shown(0, 7, "a"));
			}
			assertThat(MDC.getCopyOfContextMap()).isEqualTo(shown(0, 7, "a"));
		}
	}

	private @Nullable CompletionStage<?> handle(InFlightRecord record) {
		this.records.add(record);
		this.seen.add(MDC.getCopyOfContextMap());
		if (this.clearing) {
			MDC.clear();
		}
		record.finish();
		return null;
	}

	private void poll(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
		this.assignment.add(new TopicPartition("t", partition), records);
	}

	private void run() {
		while (!this.threads.isEmpty()) {
			this.threads.remove().run();
		}
	}

	private static SubscriberEndpoint subscriber(String id) {
		SubscriberEndpoint any = TestEndpoint.of(TestEndpoint.delivery(AckPolicy.ACK_ON_SUCCESS));
		return new SubscriberEndpoint(id, any.subscription(), any.consumer(), any.flow(), any.delivery(), any.body(),
				any.collaborators(), any.handlers());
	}

	private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, @Nullable String key) {
		return new ConsumerRecord<>("t", partition, offset, (key != null) ? key.getBytes(StandardCharsets.UTF_8) : null,
				new byte[0]);
	}

	private static Map<String, String> shown(int partition, long offset, @Nullable String key) {
		Map<String, String> shown = new HashMap<>(Map.of("millrace.subscriber", "one", "millrace.topic", "t",
				"millrace.partition", String.valueOf(partition), "millrace.offset", String.valueOf(offset)));
		if (key != null) {
			shown.put("millrace.key", key);
		}
		return shown;
	}

}
