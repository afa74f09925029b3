package dev.millrace.test.autoconfigure;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Starts what {@link StreamTest} says.
 */
final class StreamTestContextBootstrapper extends TestSliceTestContextBootstrapper<StreamTest> {

}
