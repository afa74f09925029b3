/**
 * A real Kafka broker inside the JVM, and its auto-configuration.
 */
@NullMarked
package dev.millrace.broker;

import org.jspecify.annotations.NullMarked;
