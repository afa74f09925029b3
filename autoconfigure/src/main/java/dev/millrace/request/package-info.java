/**
 * Requests that wait for their answers.
 */
@NullMarked
package dev.millrace.request;

import org.jspecify.annotations.NullMarked;
