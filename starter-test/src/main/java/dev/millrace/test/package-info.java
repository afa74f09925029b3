/**
 * Tests of stream applications.
 */
@NullMarked
package dev.millrace.test;

import org.jspecify.annotations.NullMarked;
