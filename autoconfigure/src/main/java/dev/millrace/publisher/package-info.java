/**
 * Everything that sends records.
 */
@NullMarked
package dev.millrace.publisher;

import org.jspecify.annotations.NullMarked;
