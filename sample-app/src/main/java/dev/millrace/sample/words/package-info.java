/**
 * Stream processing: lines to words to counts.
 */
@NullMarked
package dev.millrace.sample.words;

import org.jspecify.annotations.NullMarked;
