/**
 * What goes wrong between an application under test and its broker, whatever broker.
 */
@NullMarked
package dev.millrace.test.fault;

import org.jspecify.annotations.NullMarked;
