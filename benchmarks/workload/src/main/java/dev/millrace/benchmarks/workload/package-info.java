/**
 * What the applications of all benchmarks do and report, whatever framework they use.
 */
@NullMarked
package dev.millrace.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
