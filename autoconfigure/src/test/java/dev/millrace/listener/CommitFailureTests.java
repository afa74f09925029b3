package dev.millrace.listener;

import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Commits that fail: the position is kept, a later commit covers it, nothing is lost.
 */
class CommitFailureTests {

	private static final TopicPartition P0 = BrokerModel.P0;

	private final BrokerModel broker = new BrokerModel();

	private final ListenerFixture application = new ListenerFixture(this.broker,
			ListenerFixture.flow(Ordering.NONE, 10, 6, 3));

	static Stream<Exception> failures() {
		return Stream.of(new RetriableCommitFailedException("again"), new CommitFailedException(),
				new TimeoutException());
	}

	@ParameterizedTest
	@MethodSource("failures")
	void commitThatFailedIsMadeAgainAlthoughNothingElseWasFinished(Exception failure) {
		start(3);
		finish(0, 2);
		this.application.consumer.asyncFailures.add(failure);
		this.application.poll();
		assertThat(this.broker.committed(P0)).isZero();
		this.application.poll();
		assertThat(this.broker.committed(P0)).isEqualTo(2);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void laterCommitCoversAllThatFailed(Exception failure) {
		start(4);
		for (int i = 0; i < 3; i++) {
			finish(i, i + 1);
			this.application.consumer.asyncFailures.add(failure);
			this.application.poll();
		}
		assertThat(this.broker.committed(P0)).isZero();
		finish(3, 4);
		this.application.poll();
		assertThat(this.broker.committed(P0)).isEqualTo(4);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void recordsCountForTheWindowUntilTheirCommitSucceeds(Exception failure) {
		start(6);
		finish(0, 6);
		this.application.consumer.asyncFailures.add(failure);
		this.application.poll();
		assertThat(this.application.consumer.paused()).containsExactly(P0);
		this.application.poll();
		assertThat(this.broker.committed(P0)).isEqualTo(6);
		pollPastWakeUps();
		assertThat(this.application.consumer.paused()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void commitThatFailedIsMadeAtTheRevocation(Exception failure) {
		start(3);
		finish(0, 2);
		this.application.consumer.asyncFailures.add(failure);
		this.application.poll();
		finish(2, 3);
		this.application.poll();
		this.application.revoke();
		assertThat(this.broker.committed(P0)).isEqualTo(3);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void commitWithoutAnAnswerIsMadeAgainAtTheRevocation(Exception failure) {
		start(3);
		finish(0, 3);
		this.application.consumer.asyncFailures.add(failure);
		this.application.beforePoll();
		this.application.revoke();
		assertThat(this.broker.committed(P0)).isEqualTo(3);
	}

	@Test
	void recordsWhoseCommitFailsAtTheRevocationAreHandledAgainByTheNextOwner() {
		start(3);
		finish(0, 1);
		this.application.poll();
		finish(1, 3);
		this.application.consumer.thrown.add(new CommitFailedException());
		this.application.revoke();
		assertThat(this.broker.committed(P0)).isEqualTo(1);
		ListenerFixture next = new ListenerFixture(this.broker, ListenerFixture.flow(Ordering.NONE, 10, 6, 3))
			.finishing();
		next.runToTheEnd();
		assertThat(next.handledCoordinates()).containsExactly("0@1", "0@2");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 5 })
	void wakeUpsOfThePollDoNotKeepTheRevocationFromCommitting(int wakeUps) {
		start(3);
		finish(0, 3);
		for (int i = 0; i < wakeUps; i++) {
			this.application.consumer.thrown.add(new WakeupException());
		}
		this.application.revoke();
		assertThat(this.broker.committed(P0)).isEqualTo(3);
	}

	@Test
	void commitThatCouldNotEvenBeSentIsMadeLater() {
		start(3);
		finish(0, 3);
		this.application.consumer.thrown.add(new InterruptException("interrupted"));
		assertThatExceptionOfType(InterruptException.class).isThrownBy(this.application::poll);
		assertThat(Thread.interrupted()).isTrue();
		this.application.poll();
		assertThat(this.broker.committed(P0)).isEqualTo(3);
	}

	private void start(int records) {
		this.application.send(P0, records);
		this.application.poll();
		this.application.run();
	}

	private void finish(int from, int to) {
		for (int offset = from; offset < to; offset++) {
			this.application.finish(this.application.running(offset));
		}
	}

	// A poll that was woken tells nothing about what is paused after it.
	private void pollPastWakeUps() {
		this.application.poll();
		this.application.poll();
	}

}
