package dev.millrace.failure;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.millrace.AckPolicy;
import dev.millrace.endpoint.RetrySettings;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What topics are created with, whatever the brokers do with others.
 */
class DerivedTopicTests {

	private final RetrySettings retry = TestEndpoint.delivery(AckPolicy.ACK_ON_SUCCESS).retry();

	@Test
	void nothingThatWaitsIsDeletedOrCompacted() {
		assertThat(DerivedTopic.ofRetries(this.retry, List.of("in")).config()).containsEntry("cleanup.policy", "delete")
			.containsEntry("retention.ms", "-1")
			.containsEntry("retention.bytes", "-1")
			.hasSize(3);
	}

	@Test
	void noDeadLetterReplacesAnotherOfItsKey() {
		assertThat(DerivedTopic.ofDeadLetters("in-dlt", "in").config()).containsEntry("cleanup.policy", "delete")
			.hasSize(1);
	}

}
