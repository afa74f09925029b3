package dev.millrace.guarantee;

import dev.millrace.AckPolicy;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.deadletter.ReplayRequest;
import dev.millrace.support.TestApplication;

/**
 * Application in a process of its own, to be killed while it replays dead letters.
 */
public class ReplayApplication {

	// Handles nothing here: it is there to have dead letters.
	@StreamSubscriber(topics = "${in}", id = "repaired", ackPolicy = AckPolicy.REJECT_ON_ERROR, autoStartup = "false")
	void handle(String body) {
	}

	public static void main(String[] arguments) {
		TestApplication application = TestApplication.start(arguments[0], ReplayApplication.class, "in=" + arguments[1],
				"millrace.dead-letters.log=" + arguments[2], "spring.main.keep-alive=true",
				"logging.level.dev.millrace=error");
		application.bean(DeadLetters.class).replay(ReplayRequest.of("repaired").withRate(1000));
	}

}
