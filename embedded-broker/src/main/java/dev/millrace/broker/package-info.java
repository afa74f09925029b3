/**
 * A real Kafka broker inside the JVM or in a process of its own. Needs neither Spring nor
 * Docker.
 */
@NullMarked
package dev.millrace.broker;

import org.jspecify.annotations.NullMarked;
