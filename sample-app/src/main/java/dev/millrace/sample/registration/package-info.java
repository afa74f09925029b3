/**
 * The first example: a handler whose result is published.
 */
@NullMarked
package dev.millrace.sample.registration;

import org.jspecify.annotations.NullMarked;
