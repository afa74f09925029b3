package dev.millrace;

import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of results of batches that belong to all of their records, or that can't
 * be published.
 */
@Timeout(120)
class BatchReplyIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("batch-reply-in", 1);

	private final String out = this.cluster.newTopic("batch-reply-out", 1);

	@Test
	void listThatCannotBeReadIsPublishedNotAtAll() {
		List.of("1", "2", "3").forEach((body) -> this.cluster.send(this.in, "k", body));
		try (TestApplication application = start(Unreadable.class)) {
			awaitCommitted("test.unreadable", 3);
			assertThat(application.bean(Handler.class).calls).hasSize(1);
		}
		assertThat(this.cluster.values(this.in + "-dlt")).containsExactlyInAnyOrder("1", "2", "3");
		assertThat(this.cluster.values(this.out)).isEmpty();
	}

	@Test
	void collectionBelongsToTheWholeBatchAlsoWhenItIsAListOfItsSize() {
		this.cluster.send(this.in, "a", "1");
		this.cluster.send(this.in, "b", "2");
		try (TestApplication application = start(Listed.class)) {
			awaitCommitted("test.listed", 2);
			awaitCommitted("test.later", 2);
			assertThat(application.context().isActive()).isTrue();
		}
		assertThat(this.cluster.read(this.out)).extracting((reply) -> text(reply.key()) + "=" + text(reply.value()))
			.containsExactlyInAnyOrder("null=sum 3", "null=max 2", "null=later 1", "null=later 2");
	}

	private void awaitCommitted(String group, long offset) {
		await().atMost(Duration.ofSeconds(30)).until(() -> this.cluster.committed(group, this.in) == offset);
	}

	private TestApplication start(Class<?> handler) {
		return TestApplication.start(handler, "in=" + this.in, "out=" + this.out);
	}

	private static @Nullable String text(byte @Nullable [] bytes) {
		return (bytes != null) ? TestCluster.text(bytes) : null;
	}

	static class Handler {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

	}

	static class Unreadable extends Handler {

		@StreamSubscriber(topics = "${in}", id = "unreadable", batch = true)
		@StreamPublisher("${out}")
		@Retry(attempts = "1")
		List<String> handle(List<String> bodies) {
			this.calls.add("" + bodies.size());
			return new AbstractList<>() {

				@Override
				public String get(int index) {
					if (index == bodies.size() - 1) {
						throw new IllegalStateException("can't be read");
					}
					return bodies.get(index);
				}

				@Override
				public int size() {
					return bodies.size();
				}

			};
		}

	}

	static class Listed {

		@StreamSubscriber(topics = "${in}", id = "listed", batch = true)
		@StreamPublisher("${out}")
		Collection<String> sum(List<Integer> numbers) {
			return new ArrayList<>(List.of("sum 3", "max 2"));
		}

		@StreamSubscriber(topics = "${in}", id = "later", batch = true)
		@StreamPublisher("${out}")
		CompletionStage<Collection<String>> later(List<Integer> numbers) {
			return CompletableFuture.completedFuture(List.of("later 1", "later 2"));
		}

	}

}
