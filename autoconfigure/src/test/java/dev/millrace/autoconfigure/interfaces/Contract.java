package dev.millrace.autoconfigure.interfaces;

import org.springframework.stereotype.Component;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Interface of a handler.
 */
public interface Contract {

	@StreamPublisher("contract-out")
	String handle(String body);

	/**
	 * Interface of a handler that is complete.
	 */
	interface Complete {

		@StreamSubscriber("contract-in")
		@StreamPublisher("contract-out")
		String handle(String body);

	}

	/**
	 * Handler.
	 */
	@Component
	class Handler implements Contract {

		@Override
		@StreamSubscriber(topics = "contract-in", id = "contract", autoStartup = "false")
		public String handle(String body) {
			return body;
		}

	}

}
