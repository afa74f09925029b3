/**
 * Calling the user's method: binding arguments, unwrapping results.
 */
@NullMarked
package dev.millrace.handler;

import org.jspecify.annotations.NullMarked;
