package dev.millrace.sample.registration;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.millrace.annotation.StreamSubscriber;

/**
 * The latest results of {@link Registrations}, newest first.
 */
@Component
class LatestRegistrations {

	private static final Logger logger = LoggerFactory.getLogger(LatestRegistrations.class);

	private static final int SIZE = 20;

	private final Deque<String> latest = new ArrayDeque<>();

	@StreamSubscriber("out-topic")
	synchronized void add(String text) {
		logger.info(text);
		this.latest.addFirst(text);
		if (this.latest.size() > SIZE) {
			this.latest.removeLast();
		}
	}

	synchronized List<String> list() {
		return List.copyOf(this.latest);
	}

}
