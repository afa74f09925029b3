package dev.millrace.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

import dev.millrace.StreamException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TopicDirectory}.
 */
class TopicDirectoryTests {

	private final List<Admin> admins = new ArrayList<>();

	private final TopicDirectory directory = new TopicDirectory(() -> {
		this.admins.add(mock());
		return this.admins.get(0);
	}, new TopicSettings(MissingTopics.FAIL, null, null, Duration.ofSeconds(1)));

	@Test
	void nobodyAsksTheBrokerAfterTheEnd() {
		this.directory.close();

		for (CompletionStage<?> asked : List.of(this.directory.lookUp("a"), this.directory.require("a", Map.of()))) {
			assertThat(asked.toCompletableFuture()).failsWithin(Duration.ZERO)
				.withThrowableOfType(ExecutionException.class)
				.withRootCauseInstanceOf(StreamException.class);
		}
		assertThat(this.admins).isEmpty();
	}

}
