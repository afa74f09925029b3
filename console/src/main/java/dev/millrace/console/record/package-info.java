/**
 * Records as people can read them.
 */
@NullMarked
package dev.millrace.console.record;

import org.jspecify.annotations.NullMarked;
