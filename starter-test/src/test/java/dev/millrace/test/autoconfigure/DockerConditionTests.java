package dev.millrace.test.autoconfigure;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link DockerCondition}.
 */
class DockerConditionTests {

	@Test
	void testInAContainerIsSkippedWithoutDocker() {
		ConditionEvaluationResult result = evaluate(InContainer.class, false);
		assertThat(result.isDisabled()).isTrue();
		assertThat(result.getReason()).hasValueSatisfying((reason) -> assertThat(reason).contains("Docker"));
		assertThat(evaluate(ApplicationInContainer.class, false).isDisabled()).isTrue();
	}

	@Test
	void nestedTestOfOneInAContainerIsSkippedWithoutDocker() {
		assertThat(evaluate(InContainer.Nested.class, false).isDisabled()).isTrue();
	}

	@Test
	void testInAContainerRunsWithDocker() {
		assertThat(evaluate(InContainer.class, true).isDisabled()).isFalse();
	}

	@Test
	void otherTestsDoNotAskForDocker() {
		assertThat(evaluate(InMemory.class, false).isDisabled()).isFalse();
		assertThat(evaluate(Embedded.class, false).isDisabled()).isFalse();
	}

	private static ConditionEvaluationResult evaluate(Class<?> test, boolean docker) {
		ExtensionContext context = mock(ExtensionContext.class);
		given(context.getTestClass()).willReturn(Optional.of(test));
		return new DockerCondition(() -> docker).evaluateExecutionCondition(context);
	}

	@StreamTest(backend = Backend.TESTCONTAINERS)
	private static final class InContainer {

		private final class Nested {

		}

	}

	@AutoConfigureStreamTest(backend = Backend.TESTCONTAINERS)
	private static final class ApplicationInContainer {

	}

	@StreamTest
	private static final class InMemory {

	}

	@StreamTest(backend = Backend.EMBEDDED)
	private static final class Embedded {

	}

}
