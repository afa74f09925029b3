package dev.millrace.guarantee;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.millrace.Ordering;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

/**
 * Every ordering under every rebalance protocol on every kind of thread that the JVM has,
 * while members come and go.
 */
@Timeout(60)
class OrderingMatrixIntegrationTests {

	@ParameterizedTest(name = "{0}, {1}, virtual threads: {2}")
	@MethodSource
	void claimsHoldWhileMembersComeAndGo(Ordering ordering, Protocol protocol, boolean virtual) {
		HandlingLog log = HandlingLog.ofHandlersThatTakeUpTo(2);
		try (Trial trial = new Trial(TestCluster.shared(), 4, protocol, log, "millrace.subscriber.ordering=" + ordering,
				"millrace.subscriber.window.high=100", "spring.kafka.consumer.max-poll-records=50",
				"spring.threads.virtual.enabled=" + virtual)) {
			TestApplication first = trial.join("first");
			trial.sendSteadily(24);
			trial.awaitHandlings("first", 100);
			TestApplication second = trial.join("second");
			trial.awaitHandlings("second", 100);
			trial.leave(first);
			trial.join("third");
			trial.awaitHandlings("third", 100);
			trial.leave(second);
			trial.stopSending();
			trial.awaitDrained();
			Claim.assertHold(trial.history(), claims(ordering));
		}
	}

	static Stream<Arguments> claimsHoldWhileMembersComeAndGo() {
		return Stream.of(Ordering.values())
			.flatMap((ordering) -> Stream.of(Protocol.values())
				.flatMap((protocol) -> kindsOfThreads().map((virtual) -> Arguments.of(ordering, protocol, virtual))));
	}

	private static Stream<Boolean> kindsOfThreads() {
		return (Runtime.version().feature() >= 21) ? Stream.of(false, true) : Stream.of(false);
	}

	private static Set<Claim> claims(Ordering ordering) {
		Set<Claim> claims = EnumSet.of(Claim.NO_LOSS, Claim.ONLY_OWNERS_START, Claim.DUPLICATES_ARE_UNCOMMITTED,
				Claim.COMMITTED_TO_THE_END, Claim.NOTHING_UNFINISHED_IS_COMMITTED);
		if (ordering != Ordering.NONE) {
			claims.addAll(EnumSet.of(Claim.ORDER_OF_A_KEY, Claim.ONE_OF_A_KEY_AT_A_TIME));
		}
		if (ordering == Ordering.PARTITION) {
			// In the other orders the next owner repeats what was finished behind an
			// unfinished record.
			claims.addAll(
					EnumSet.of(Claim.ORDER_OF_A_PARTITION, Claim.ONE_OF_A_PARTITION_AT_A_TIME, Claim.NO_DUPLICATES));
		}
		return claims;
	}

}
