package dev.millrace.sample;

import org.apache.kafka.common.errors.InvalidTopicException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.kafka.KafkaException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * HTTP answers that say why nothing was published.
 */
@RestControllerAdvice
// Before Spring Boot's own, which doesn't tell what is wrong with a body
@Order(Ordered.HIGHEST_PRECEDENCE)
class ErrorAdvice {

	@ExceptionHandler
	ProblemDetail handle(HttpMessageNotReadableException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMostSpecificCause().getMessage());
	}

	@ExceptionHandler
	ProblemDetail handle(KafkaException ex) {
		HttpStatus status = ex.contains(InvalidTopicException.class) ? HttpStatus.BAD_REQUEST
				: HttpStatus.SERVICE_UNAVAILABLE;
		return ProblemDetail.forStatusAndDetail(status, ex.getMostSpecificCause().getMessage());
	}

}
