/**
 * Measurements of Millrace and of what an application would use without it.
 */
@NullMarked
package dev.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
