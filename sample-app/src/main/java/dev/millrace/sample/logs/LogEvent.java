package dev.millrace.sample.logs;

import java.time.Instant;

import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * A log event as it is published.
 *
 * @param time when it happened
 * @param level the level
 * @param logger the logger's name
 * @param message the text
 */
record LogEvent(Instant time, String level, String logger, String message) {

	static LogEvent of(ILoggingEvent event) {
		return new LogEvent(event.getInstant(), event.getLevel().toString(), event.getLoggerName(),
				event.getFormattedMessage());
	}

}
