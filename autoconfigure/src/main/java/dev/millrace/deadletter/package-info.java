/**
 * Dead letters after they were written: looking at them, and having them handled again.
 */
@NullMarked
package dev.millrace.deadletter;

import org.jspecify.annotations.NullMarked;
