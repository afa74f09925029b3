/**
 * What becomes of a record that failed: another attempt, a dead letter, or nothing more.
 */
@NullMarked
package dev.millrace.failure;

import org.jspecify.annotations.NullMarked;
