/**
 * The application under measurement with Quarkus.
 */
@NullMarked
package dev.millrace.benchmarks.quarkus;

import org.jspecify.annotations.NullMarked;
