/**
 * Immutable model of what was declared; everything that describes or runs a subscriber
 * reads it.
 */
@NullMarked
package dev.millrace.endpoint;

import org.jspecify.annotations.NullMarked;
