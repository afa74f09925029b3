package dev.millrace.guarantee;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;

/**
 * Application in a process of its own, to be killed.
 */
public class CrashApplication {

	@StreamSubscriber(topics = "${in}", id = "crash")
	@StreamPublisher("${out}")
	String handle(String body, ConsumerRecordMetadata metadata) {
		return metadata.partition() + ":" + metadata.offset() + ":" + body;
	}

	public static void main(String[] arguments) {
		List<String> properties = new ArrayList<>(List.of("in=" + arguments[1], "out=" + arguments[2],
				"spring.main.keep-alive=true", "millrace.subscriber.properties[session.timeout.ms]=6000"));
		properties.addAll(Arrays.asList(arguments).subList(3, arguments.length));
		TestApplication.start(arguments[0], CrashApplication.class, properties.toArray(String[]::new));
	}

}
