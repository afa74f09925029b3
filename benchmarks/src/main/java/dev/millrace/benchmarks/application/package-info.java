/**
 * The applications under measurement that go well together on one class path. Each runs
 * in a process of its own.
 */
@NullMarked
package dev.millrace.benchmarks.application;

import org.jspecify.annotations.NullMarked;
