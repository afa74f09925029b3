/**
 * The application under measurement with Micronaut.
 */
@NullMarked
package dev.millrace.benchmarks.micronaut;

import org.jspecify.annotations.NullMarked;
