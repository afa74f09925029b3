/**
 * The application under measurement with Spring Cloud Stream.
 */
@NullMarked
package dev.millrace.benchmarks.cloudstream;

import org.jspecify.annotations.NullMarked;
