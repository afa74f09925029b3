/**
 * What the test kit puts into the engine.
 */
@NullMarked
package dev.millrace.test.engine;

import org.jspecify.annotations.NullMarked;
