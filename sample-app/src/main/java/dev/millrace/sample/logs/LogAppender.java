package dev.millrace.sample.logs;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/**
 * Logback appender that puts events into a {@link LogBuffer}.
 * <p>
 * Publishing a log event must not cause another one, or it would never end. So what
 * Kafka, Spring Kafka and Millrace log is left out, and everything below INFO, where
 * other libraries log single records.
 */
class LogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private static final String OWN_LOGGERS = "dev.millrace.sample.";

	private static final List<String> LEFT_OUT = List.of("dev.millrace.", "kafka.", "org.apache.kafka.",
			"org.springframework.kafka.");

	private final LogBuffer buffer;

	LogAppender(LogBuffer buffer) {
		this.buffer = buffer;
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLevel().isGreaterOrEqual(Level.INFO) && isForwarded(event.getLoggerName())) {
			this.buffer.add(LogEvent.of(event));
		}
	}

	private static boolean isForwarded(String logger) {
		return logger.startsWith(OWN_LOGGERS) || LEFT_OUT.stream().noneMatch(logger::startsWith);
	}

}
