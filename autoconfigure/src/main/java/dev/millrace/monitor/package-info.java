/**
 * What is known about a running subscriber: counts, and what is wrong with it.
 */
@NullMarked
package dev.millrace.monitor;

import org.jspecify.annotations.NullMarked;
