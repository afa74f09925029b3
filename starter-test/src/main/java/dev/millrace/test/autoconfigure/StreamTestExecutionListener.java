package dev.millrace.test.autoconfigure;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

import dev.millrace.test.engine.TestBench;

/**
 * Has each test begin with empty topics, and tests of one application run one at a time.
 */
public final class StreamTestExecutionListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			ApplicationContext context = testContext.getApplicationContext();
			context.getBeanProvider(TestBench.class).ifAvailable(TestBench::begin);
		}
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			ApplicationContext context = testContext.getApplicationContext();
			context.getBeanProvider(TestBench.class).ifAvailable(TestBench::end);
		}
	}

}
