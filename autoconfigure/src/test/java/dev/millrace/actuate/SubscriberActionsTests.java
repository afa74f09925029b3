package dev.millrace.actuate;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.millrace.StreamSubscribers;
import dev.millrace.SubscriberControl;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SubscriberActions}.
 */
class SubscriberActionsTests {

	private final SubscriberControl subscriber = mock();

	private final StreamSubscribers subscribers = mock();

	private final SubscriberActions actions = new SubscriberActions(this.subscribers, Duration.ofSeconds(1));

	@ParameterizedTest
	@CsvSource({ "20, -1, rate", "20, NaN, rate", "0, 5, concurrency" })
	void nothingIsChangedWhenPartOfItCantBe(int concurrency, double maxRate, String problem) {
		given(this.subscribers.get("id")).willReturn(this.subscriber);

		assertThatIllegalArgumentException().isThrownBy(() -> this.actions.change("id", concurrency, maxRate))
			.withMessageContaining(problem);

		then(this.subscriber).shouldHaveNoInteractions();
	}

}
