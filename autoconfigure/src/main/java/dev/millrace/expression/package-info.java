/**
 * Expressions of SpEL over records and what is published for them.
 */
@NullMarked
package dev.millrace.expression;

import org.jspecify.annotations.NullMarked;
