/**
 * How values become record bodies and back: content types, text, JSON.
 */
@NullMarked
package dev.millrace.codec;

import org.jspecify.annotations.NullMarked;
