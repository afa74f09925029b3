package dev.millrace.sample.metrics;

import java.time.Instant;

/**
 * Value of a meter at a time.
 *
 * @param meter the meter, <code>jvm.memory.used{area=heap,id=Metaspace}</code>
 * @param value the value
 * @param time when it was read
 */
record MeterReading(String meter, double value, Instant time) {

}
