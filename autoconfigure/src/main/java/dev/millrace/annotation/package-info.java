/**
 * Annotations that declare subscribers and publishers; no logic.
 */
@NullMarked
package dev.millrace.annotation;

import org.jspecify.annotations.NullMarked;
