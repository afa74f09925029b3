/**
 * Spring Kafka's factories, with clients of a broker in memory.
 */
@NullMarked
package dev.millrace.test.client;

import org.jspecify.annotations.NullMarked;
