/**
 * What handling a record costs without a broker, and without reading and writing its
 * body.
 */
@NullMarked
package dev.millrace.benchmarks.dispatch;

import org.jspecify.annotations.NullMarked;
