package dev.millrace.test.semantics;

import dev.millrace.test.autoconfigure.StreamTest;

/**
 * {@link ApplicationSemantics} in memory.
 */
@StreamTest
class InMemoryApplicationSemanticsTests extends ApplicationSemantics {

}
