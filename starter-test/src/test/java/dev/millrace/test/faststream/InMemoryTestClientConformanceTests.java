package dev.millrace.test.faststream;

import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextManager;

import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link TestClientConformance} in memory.
 */
@StreamTest
class InMemoryTestClientConformanceTests extends TestClientConformance {

	@Test
	@Behaviour(140)
	void contextsOfOneApplicationDoNotSeeEachOther() {
		TestContext first = new TestContextManager(First.class).getTestContext();
		TestContext second = new TestContextManager(Second.class).getTestContext();
		ApplicationContext context = first.getApplicationContext();
		kit(first).publish("registrations", JOHN);
		assertThat(kit(first).subscriber("register")).wasCalled(1);
		assertUntouched(kit(second));

		kit(second).publish("registrations", JOHN);
		assertThat(kit(first).topic("registered")).hasRecords(1);
		assertThat(kit(second).topic("registered")).hasRecords(1);

		first.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
		assertThat(first.getApplicationContext()).isNotSameAs(context);
		assertUntouched(kit(first));
		kit(first).publish("registrations", JOHN);
		assertThat(kit(first).subscriber("register")).wasCalled(1).committed();
	}

	private static void assertUntouched(StreamTestKit kit) {
		assertThat(kit.topic("registrations")).isEmpty();
		assertThat(kit.subscriber("register")).wasNotCalled();
	}

	private static StreamTestKit kit(TestContext test) {
		return test.getApplicationContext().getBean(StreamTestKit.class);
	}

	@StreamTest(properties = "context=first")
	static class First {

	}

	@StreamTest(properties = "context=second")
	static class Second {

	}

}
