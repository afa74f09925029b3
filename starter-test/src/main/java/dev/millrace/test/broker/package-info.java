/**
 * A Kafka broker in memory and clients that talk to it: without sockets, files and
 * waiting, and otherwise like the real ones.
 */
@NullMarked
package dev.millrace.test.broker;

import org.jspecify.annotations.NullMarked;
