package dev.millrace.sample;

import org.apache.kafka.common.errors.InvalidTopicException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.kafka.KafkaException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Turns what prevents a record from being published into an HTTP answer.
 */
@RestControllerAdvice
class KafkaExceptionAdvice {

	@ExceptionHandler
	ProblemDetail handle(KafkaException ex) {
		HttpStatus status = (ex.contains(InvalidTopicException.class)) ? HttpStatus.BAD_REQUEST
				: HttpStatus.SERVICE_UNAVAILABLE;
		return ProblemDetail.forStatusAndDetail(status, ex.getMostSpecificCause().getMessage());
	}

}
