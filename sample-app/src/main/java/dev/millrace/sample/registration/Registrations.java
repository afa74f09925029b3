package dev.millrace.sample.registration;

import org.springframework.stereotype.Component;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Registers users. The fields of the JSON object are bound by name, so both
 * <code>{"user":"John","userId":1}</code> and <code>{"user":"John","user_id":1}</code>
 * do. The result goes out with the key and the correlation id of what came in.
 */
@Component
class Registrations {

	@StreamSubscriber("in-topic")
	@StreamPublisher("out-topic")
	String handle(String user, int userId) {
		return "User: " + userId + " - " + user + " registered";
	}

}
