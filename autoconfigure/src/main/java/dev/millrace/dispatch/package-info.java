/**
 * The engine: lanes, partition windows and offsets in plain Java.
 */
@NullMarked
package dev.millrace.dispatch;

import org.jspecify.annotations.NullMarked;
