package dev.millrace.publisher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import dev.millrace.ReplyTopicException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplyTopics}.
 */
class ReplyTopicsTests {

	private final List<String> asked = new ArrayList<>();

	private int partitions = 2;

	private final ReplyTopics topics = new ReplyTopics((topic) -> {
		this.asked.add(topic);
		return CompletableFuture.completedStage(this.partitions);
	});

	@Test
	void topicThatIsKnownIsNotAskedForAgain() {
		assertThat(this.topics.lookUp("a")).isNull();
		assertThat(this.topics.lookUp(new ReplyAddress("a", 1))).isNull();
		assertThat(this.asked).containsExactly("a");
	}

	@Test
	void partitionIsRefusedOnlyWhenTheTopicHasNotGrown() {
		assertThat(this.topics.lookUp(new ReplyAddress("a", 0))).isNull();
		this.partitions = 3;

		assertThat(this.topics.lookUp(new ReplyAddress("a", 2))).isCompleted();
		assertThat(this.topics.lookUp(new ReplyAddress("a", 2))).isNull();
		assertThat(this.asked).containsExactly("a", "a");

		assertRefused(this.topics.lookUp(new ReplyAddress("a", 3)));
		assertThat(this.asked).hasSize(3);
	}

	@Test
	void partitionThatNoTopicHasIsRefusedAtOnce() {
		assertThat(this.topics.lookUp("a")).isNull();

		assertRefused(this.topics.lookUp(new ReplyAddress("a", -1)));
		assertThat(this.asked).containsExactly("a");
	}

	private static void assertRefused(CompletionStage<?> lookUp) {
		assertThat(lookUp).isNotNull();
		assertThat(lookUp.toCompletableFuture()).isCompletedExceptionally();
		assertThat(lookUp.toCompletableFuture().handle((found, failure) -> failure).join())
			.hasRootCauseInstanceOf(ReplyTopicException.class);
	}

}
