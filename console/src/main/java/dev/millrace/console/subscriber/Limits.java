package dev.millrace.console.subscriber;

import org.jspecify.annotations.Nullable;

/**
 * How much a subscriber is to do at once. What is left out stays as it is.
 *
 * @param concurrency how many records run at once, from 1
 * @param maxRate how many records are begun in a second; 0 for no limit
 */
record Limits(@Nullable Integer concurrency, @Nullable Double maxRate) {

}
