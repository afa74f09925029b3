/**
 * Page <em>Subscriber</em>: all there is to say about one, and what it can be told to do.
 */
@NullMarked
package dev.millrace.console.subscriber;

import org.jspecify.annotations.NullMarked;
