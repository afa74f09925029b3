/**
 * Application that shows what Kafka is known for, on input that the machine itself makes.
 */
@NullMarked
package dev.millrace.sample;

import org.jspecify.annotations.NullMarked;
