package dev.millrace.sample.logs;

import java.time.Instant;
import java.util.Map;

/**
 * Log events of a span of time.
 *
 * @param start the begin of the span
 * @param counts how many there are, by level and then by logger
 */
record LogWindow(Instant start, Map<String, Map<String, Long>> counts) {

}
