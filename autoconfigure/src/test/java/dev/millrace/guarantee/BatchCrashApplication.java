package dev.millrace.guarantee;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;

/**
 * Application with batches in a process of its own, to be killed.
 */
public class BatchCrashApplication {

	@StreamSubscriber(topics = "${in}", id = "crash", batch = true, maxRecords = "100", maxWait = "50ms")
	@StreamPublisher("${out}")
	List<String> handle(List<String> bodies, List<ConsumerRecordMetadata> metadata) {
		List<String> replies = new ArrayList<>();
		for (int i = 0; i < bodies.size(); i++) {
			replies.add(metadata.get(i).partition() + ":" + metadata.get(i).offset() + ":" + bodies.get(i));
		}
		return replies;
	}

	public static void main(String[] arguments) {
		List<String> properties = new ArrayList<>(List.of("in=" + arguments[1], "out=" + arguments[2],
				"spring.main.keep-alive=true", "millrace.subscriber.properties[session.timeout.ms]=6000"));
		properties.addAll(Arrays.asList(arguments).subList(3, arguments.length));
		TestApplication.start(arguments[0], BatchCrashApplication.class, properties.toArray(String[]::new));
	}

}
