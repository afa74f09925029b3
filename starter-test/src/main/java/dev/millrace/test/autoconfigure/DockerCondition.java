package dev.millrace.test.autoconfigure;

import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.ClassUtils;
import org.testcontainers.DockerClientFactory;

/**
 * Skips tests that need Docker where there is none.
 */
final class DockerCondition implements ExecutionCondition {

	private final BooleanSupplier docker;

	DockerCondition() {
		this(() -> DockerClientFactory.instance().isDockerAvailable());
	}

	DockerCondition(BooleanSupplier docker) {
		this.docker = docker;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		boolean needed = context.getTestClass()
			.filter((test) -> StreamTestContextCustomizerFactory.backend(test) == Backend.TESTCONTAINERS)
			.isPresent();
		// Without the library, the test fails and says so.
		boolean known = ClassUtils.isPresent("org.testcontainers.DockerClientFactory", null);
		if (!needed || !known || this.docker.getAsBoolean()) {
			return ConditionEvaluationResult.enabled("Nothing is missing");
		}
		return ConditionEvaluationResult.disabled(
				"backend = TESTCONTAINERS needs Docker, and Testcontainers finds none: its log says where it has looked");
	}

}
