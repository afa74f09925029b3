package dev.millrace.test.faststream;

import dev.millrace.test.autoconfigure.StreamTest;

/**
 * {@link TestClientConformance} in memory.
 */
@StreamTest
class InMemoryTestClientConformanceTests extends TestClientConformance {

	InMemoryTestClientConformanceTests() {
		super(First.class, Second.class);
	}

	@StreamTest(properties = "context=first")
	static class First {

	}

	@StreamTest(properties = "context=second")
	static class Second {

	}

}
