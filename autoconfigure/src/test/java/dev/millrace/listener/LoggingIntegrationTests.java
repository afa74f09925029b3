package dev.millrace.listener;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.logging.LoggingSystem;

import dev.millrace.RetryMode;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is logged, and what is not.
 */
@Timeout(120)
class LoggingIntegrationTests {

	private static final String MARKER = "5ecret-m4rker";

	private final TestCluster cluster = TestCluster.shared();

	private final Events events = new Events();

	private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

	private final Logger ours = (Logger) LoggerFactory.getLogger("dev.millrace");

	private final Map<Logger, Level> before = new LinkedHashMap<>();

	@BeforeEach
	void listen() {
		// Spring Boot would begin anew with each application.
		System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
		// Levels that applications of other tests have set stay when they end.
		this.root.getLoggerContext()
			.getLoggerList()
			.stream()
			.filter((logger) -> logger.getName().startsWith("dev.millrace") && logger.getLevel() != null)
			.forEach((logger) -> this.before.put(logger, logger.getLevel()));
		this.before.keySet().forEach((logger) -> logger.setLevel(null));
		this.ours.setLevel(Level.DEBUG);
		this.events.setContext(this.root.getLoggerContext());
		this.events.start();
		this.root.addAppender(this.events);
	}

	@AfterEach
	void leave() {
		System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
		this.root.detachAppender(this.events);
		this.ours.setLevel(null);
		this.before.forEach(Logger::setLevel);
	}

	@Test
	void handlerAndWhatIsLoggedOfItsFailureKnowTheRecord() {
		String in = this.cluster.newTopic("mdc-in", 1);
		try (TestApplication application = TestApplication.start(Failing.class, "in=" + in)) {
			this.cluster.send(in, "k", "x");
			Map<String, String> expected = Map.of("millrace.subscriber", "failing", "millrace.topic", in,
					"millrace.partition", "0", "millrace.offset", "0", "millrace.key", "k");
			await().until(() -> event("the record is now in " + in + "-dlt") != null);
			assertThat(application.bean(Failing.class).contexts).hasSize(2)
				.allSatisfy((context) -> assertThat(context).containsAllEntriesOf(expected));
			assertThat(event("failed on " + in + "-0@0, attempt 1").getMDCPropertyMap()).containsAllEntriesOf(expected);
			assertThat(event("the record is now in " + in + "-dlt").getMDCPropertyMap()).containsAllEntriesOf(expected);
		}
	}

	@Test
	void recordThatComesBackFromARetryTopicIsTheOneItWas() {
		String in = this.cluster.newTopic("mdc-retry-in", 1);
		try (TestApplication application = TestApplication.start(Retrying.class, "in=" + in)) {
			this.cluster.send(in, null, "x");
			Retrying retrying = application.bean(Retrying.class);
			await().until(() -> retrying.contexts.size() == 2);
			assertThat(retrying.contexts)
				.allSatisfy((context) -> assertThat(context).containsEntry("millrace.topic", in)
					.containsEntry("millrace.offset", "0")
					.doesNotContainKey("millrace.key"));
		}
	}

	@Test
	void contextIsEmptyAfterARecordAndCanBeSwitchedOff() {
		String in = this.cluster.newTopic("mdc-off-in", 1);
		try (TestApplication application = TestApplication.start(Failing.class, "in=" + in,
				"millrace.logging.mdc=false")) {
			this.cluster.send(in, "k", "x");
			await().until(() -> event("the record is now in " + in + "-dlt") != null);
			assertThat(application.bean(Failing.class).contexts).hasSize(2)
				.allSatisfy((context) -> assertThat(context).doesNotContainKey("millrace.topic"));
		}
	}

	@Test
	void eachChangeOfASubscriberIsOneLineAndEachRecordOneOfDebug() {
		String in = this.cluster.newTopic("lines-in", 1);
		String out = this.cluster.newTopic("lines-out", 1);
		try (TestApplication application = TestApplication.start(Answering.class, "in=" + in, "out=" + out)) {
			this.cluster.send(in, "k", "{\"number\":1}");
			await().until(() -> event("has handled " + in + "-0@0, attempt 1") != null);
			application.container("answering").pause();
			application.container("answering").pause();
			application.container("answering").resume();
		}
		assertThat(lines(Level.INFO, "Subscriber 'answering'")).hasSize(5)
			.satisfiesExactlyInAnyOrder((line) -> assertThat(line).contains("has started in group 'test.answering'"),
					(line) -> assertThat(line).contains("was assigned [" + in + "-0]"),
					(line) -> assertThat(line).contains("is paused"), (line) -> assertThat(line).contains("is resumed"),
					(line) -> assertThat(line).contains("has stopped"));
		assertThat(lines(Level.DEBUG, "has handled")).hasSize(1);
	}

	@Test
	void contentsAndSecretsAreNotLogged() {
		String in = this.cluster.newTopic("quiet-in", 1);
		String out = this.cluster.newTopic("quiet-out", 1, Map.of("max.message.bytes", "600"));
		String password = "p4ssword-of-broker";
		try (TestApplication application = TestApplication.start(Answering.class, "in=" + in, "out=" + out,
				"spring.kafka.properties.sasl.mechanism=PLAIN",
				"spring.kafka.properties.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule"
						+ " required username=\"u\" password=\"" + password + "\";")) {
			this.cluster.send(in, "k", "{\"number\":\"" + MARKER + "\"}");
			this.cluster.send(in, "k", MARKER);
			this.cluster.send(in, "k", "{\"number\":2,\"text\":\"" + MARKER.repeat(100) + "\"}");
			this.cluster.send(in, "k", "{\"number\":3}");
			await().until(() -> this.cluster.read(in + "-dlt").size() == 3);
			await().until(() -> event("has handled " + in + "-0@3") != null);
		}
		String digits = Arrays.toString(TestCluster.bytes(MARKER)).replaceAll("[\\[\\]]", "");
		assertThat(this.events.all).extracting(LoggingIntegrationTests::text)
			.isNotEmpty()
			.noneMatch((line) -> line.contains(MARKER))
			.noneMatch((line) -> line.contains(digits))
			.noneMatch((line) -> line.contains("payload="))
			.noneMatch((line) -> line.contains(password))
			.anyMatch((line) -> line.contains("Can't read the body of " + in + "-0@0")
					&& line.contains("InvalidFormatException at line 1, column"));
	}

	private ILoggingEvent event(String part) {
		return this.events.all.stream()
			.filter((event) -> event.getFormattedMessage().contains(part))
			.findFirst()
			.orElse(null);
	}

	private List<String> lines(Level level, String part) {
		return this.events.all.stream()
			.filter((event) -> event.getLoggerName().startsWith("dev.millrace") && event.getLevel() == level)
			.map(ILoggingEvent::getFormattedMessage)
			.filter((line) -> line.contains(part))
			.toList();
	}

	private static String text(ILoggingEvent event) {
		return event.getFormattedMessage() + event.getMDCPropertyMap()
				+ ((event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy()) : "");
	}

	static final class Events extends AppenderBase<ILoggingEvent> {

		final List<ILoggingEvent> all = new CopyOnWriteArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			event.prepareForDeferredProcessing();
			this.all.add(event);
		}

	}

	static class Failing {

		final Queue<Map<String, String>> contexts = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "failing")
		@Retry(attempts = "2")
		void handle(String body) {
			this.contexts.add(Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of()));
			throw new IllegalStateException("no");
		}

	}

	static class Retrying {

		final Queue<Map<String, String>> contexts = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "retrying")
		@Retry(mode = RetryMode.TOPIC, attempts = "2", topic = "retries-${in}")
		void handle(String body) {
			this.contexts.add(Map.copyOf(MDC.getCopyOfContextMap()));
			if (this.contexts.size() == 1) {
				throw new IllegalStateException("no");
			}
		}

	}

	record Order(int number, String text) {

	}

	static class Answering {

		@StreamSubscriber(topics = "${in}", id = "answering")
		@StreamPublisher(topic = "${out}")
		@Retry(attempts = "2")
		Order handle(Order order) {
			return order;
		}

	}

}
