package dev.millrace.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says what can be done with the application: in the log after the start, and at
 * {@code /}.
 */
@RestController
class Guide {

	private static final Logger logger = LoggerFactory.getLogger(Guide.class);

	// Short lines: they are to be copied into a terminal
	private static final String TEXT = """

			Millrace sample: HTTP on http://{http}, Kafka on {kafka}. Stop with Ctrl+C.

			See it at work in a browser: http://{http}/millrace

			1. A handler whose result is published: in-topic -> out-topic
			   curl {http}/registrations -H content-type:application/json -d '{"user":"John","user_id":1}'
			   curl {http}/registrations
			   echo '1:{"user":"John","user_id":1}' | kcat -b {kafka} -P -t in-topic -K :
			   kcat -b {kafka} -C -t out-topic -f '%k %s %h\\n'

			2. Log aggregation: this application's own log events, in topic logs
			   curl {http}/logs

			3. Metrics collection: the meters of this JVM, in topic metrics
			   curl '{http}/metrics?prefix=jvm.memory.used'

			4. Event sourcing: a ledger that is rebuilt from topic ledger at each start
			   curl {http}/ledger/alice/deposits -H content-type:application/json -d '{"amount":25.50}'
			   curl {http}/ledger/alice/withdrawals -H content-type:application/json -d '{"amount":10}'
			   curl {http}/ledger/alice

			5. Stream processing: lines -> words -> counts
			   curl {http}/lines -H content-type:text/plain -d 'to be or not to be'
			   echo 'to be or not to be' | kcat -b {kafka} -P -t lines
			   curl {http}/words

			Any topic: curl '{http}/topics/lines?key=1' -H content-type:text/plain -d 'hello'
			The code:  sample-app/src/main/java/dev/millrace/sample, one package for each of the five
			This text: curl {http}
			""";

	private final Environment environment;

	private final KafkaConnectionDetails kafka;

	Guide(Environment environment, KafkaConnectionDetails kafka) {
		this.environment = environment;
		this.kafka = kafka;
	}

	@GetMapping(path = "/", produces = MediaType.TEXT_PLAIN_VALUE)
	String text() {
		return TEXT.replace("{http}", "localhost:" + this.environment.getRequiredProperty("local.server.port"))
			.replace("{kafka}", String.join(",", this.kafka.getBootstrapServers()));
	}

	@EventListener(ApplicationReadyEvent.class)
	void print() {
		logger.info(text());
	}

}
