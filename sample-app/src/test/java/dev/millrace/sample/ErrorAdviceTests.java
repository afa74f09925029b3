package dev.millrace.sample;

import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.kafka.KafkaException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorAdvice}.
 */
class ErrorAdviceTests {

	private final ErrorAdvice advice = new ErrorAdvice();

	@Test
	void topicThatKafkaDoesNotAllowIsABadRequest() {
		ProblemDetail problem = this.advice.handle(new KafkaException("Send failed", new InvalidTopicException("a b")));

		assertThat(problem.getStatus()).isEqualTo(HttpStatus.BAD_REQUEST.value());
		assertThat(problem.getDetail()).isEqualTo("a b");
	}

	@Test
	void brokerThatDoesNotAnswerIsUnavailable() {
		ProblemDetail problem = this.advice
			.handle(new KafkaException("Send failed", new TimeoutException("no answer")));

		assertThat(problem.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE.value());
		assertThat(problem.getDetail()).isEqualTo("no answer");
	}

}
