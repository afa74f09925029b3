package dev.millrace.guarantee;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;

import dev.millrace.Ordering;
import dev.millrace.RetryMode;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;

/**
 * Application in a process of its own, to be killed, that refuses every seventh record
 * twice in its life.
 */
public class KeepOrderCrashApplication {

	private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

	@StreamSubscriber(topics = "${in}", id = "crash", ordering = Ordering.KEY)
	@StreamPublisher("${out}")
	@Retry(mode = RetryMode.TOPIC, keepOrder = true, topic = "${in}-retry", delay = "50ms")
	String handle(String body, ConsumerRecordMetadata metadata) {
		int attempt = this.attempts.merge(metadata.partition() + ":" + metadata.offset(), 1, Integer::sum);
		if (metadata.offset() % 7 == 0 && attempt <= 2) {
			throw new IllegalStateException("refused");
		}
		return body;
	}

	public static void main(String[] arguments) {
		TestApplication.start(arguments[0], KeepOrderCrashApplication.class, "in=" + arguments[1],
				"out=" + arguments[2], "spring.main.keep-alive=true", "spring.kafka.consumer.max-poll-records=50",
				"millrace.subscriber.properties[session.timeout.ms]=6000", "logging.level.dev.millrace=error");
	}

}
