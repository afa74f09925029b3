/**
 * Metrics collection: the meters of this JVM, their latest value and their average.
 */
@NullMarked
package dev.millrace.sample.metrics;

import org.jspecify.annotations.NullMarked;
