package dev.millrace.console.browser;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import dev.millrace.AckPolicy;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Handlers that fail until they are mended.
 */
@Component
class Repairs {

	/**
	 * How often each record was processed.
	 */
	final Map<String, Integer> processed = new ConcurrentHashMap<>();

	volatile boolean broken;

	@StreamSubscriber(id = "payments", topics = "payments", ackPolicy = AckPolicy.REJECT_ON_ERROR)
	void pay(String payment) {
		if (this.broken && payment.endsWith("0")) {
			throw new IllegalStateException("The bank refuses " + payment);
		}
		this.processed.merge(payment, 1, Integer::sum);
	}

	@StreamSubscriber(id = "refunds", topics = "refunds", ackPolicy = AckPolicy.REJECT_ON_ERROR)
	void refund(String refund) {
		throw new IllegalStateException("There is nothing to refund for " + refund);
	}

	@StreamSubscriber(id = "looked-at", topics = { "looked-at", "paged", "paged-long" })
	void look(String body) {
	}

	@Bean
	static NewTopic lookedAt() {
		return new NewTopic("looked-at", 3, (short) 1);
	}

	@Bean
	static NewTopic paged() {
		return new NewTopic("paged", 2, (short) 1);
	}

}
