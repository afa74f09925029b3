package dev.millrace.guarantee;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;

import dev.millrace.RetryMode;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;

/**
 * Application in a process of its own, to be killed, that refuses each record once in its
 * life.
 */
public class RetryCrashApplication {

	private final Set<String> seen = ConcurrentHashMap.newKeySet();

	@StreamSubscriber(topics = "${in}", id = "crash")
	@StreamPublisher("${out}")
	@Retry(mode = RetryMode.TOPIC, topic = "${in}-retry", delay = "300ms")
	String handle(String body, ConsumerRecordMetadata metadata) {
		String coordinates = metadata.partition() + ":" + metadata.offset();
		if (this.seen.add(coordinates)) {
			throw new IllegalStateException("refused");
		}
		return coordinates + ":" + body;
	}

	public static void main(String[] arguments) {
		TestApplication.start(arguments[0], RetryCrashApplication.class, "in=" + arguments[1], "out=" + arguments[2],
				"spring.main.keep-alive=true", "millrace.subscriber.properties[session.timeout.ms]=6000",
				"logging.level.dev.millrace=error");
	}

}
