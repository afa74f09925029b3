package dev.millrace.observation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.millrace.codec.TestRecord;
import dev.millrace.handler.RecordInvoker;
import dev.millrace.handler.TestDelivery;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObservedInvokers}.
 */
class ObservedInvokersTests {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final FailingHandler handler = new FailingHandler();

	private final CompletableFuture<String> result = new CompletableFuture<>();

	@BeforeEach
	void observe() {
		this.registry.observationConfig().observationHandler(this.handler);
	}

	@Test
	void handlerOfObservationsThatFailsKeepsNoResultBack() throws Exception {
		CompletionStage<?> observed = invoke();

		this.handler.failing = true;
		this.result.complete("value");

		assertThat(observed).isCompletedWithValueMatching("value"::equals);
	}

	@Test
	void handlerOfObservationsThatFailsHidesNoFailure() throws Exception {
		CompletionStage<?> observed = invoke();
		IllegalArgumentException failure = new IllegalArgumentException("refused");

		this.handler.failing = true;
		this.result.completeExceptionally(failure);

		assertThat(observed.toCompletableFuture()).isCompletedExceptionally();
		assertThat(observed.toCompletableFuture().handle((value, ex) -> ex).join()).isSameAs(failure);
	}

	private CompletionStage<?> invoke() throws Exception {
		StreamObservations observations = new StreamObservations(this.registry,
				new ObservationConventions(null, null, null));
		Object returned = observations.invokers()
			.around(TestEndpoint.publishing(), (RecordInvoker) (delivery) -> this.result)
			.invoke(TestDelivery.of(TestRecord.of("in").build()));
		assertThat(returned).isInstanceOf(CompletionStage.class);
		return (CompletionStage<?>) returned;
	}

	private static final class FailingHandler implements ObservationHandler<Observation.Context> {

		private boolean failing;

		@Override
		public void onScopeOpened(Observation.Context context) {
			fail();
		}

		@Override
		public void onError(Observation.Context context) {
			fail();
		}

		@Override
		public void onStop(Observation.Context context) {
			fail();
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		private void fail() {
			if (this.failing) {
				throw new IllegalStateException("A handler with a bug");
			}
		}

	}

}
