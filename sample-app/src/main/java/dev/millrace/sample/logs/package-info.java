/**
 * Log aggregation: the application's own log events, counted per level and logger.
 */
@NullMarked
package dev.millrace.sample.logs;

import org.jspecify.annotations.NullMarked;
