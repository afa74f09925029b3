/**
 * Run time of a subscriber: polled record in, offset out.
 */
@NullMarked
package dev.millrace.listener;

import org.jspecify.annotations.NullMarked;
