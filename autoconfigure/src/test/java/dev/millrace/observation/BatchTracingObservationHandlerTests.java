package dev.millrace.observation;

import java.util.List;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Answers;

import dev.millrace.StreamRecord;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.withSettings;

/**
 * Tests for {@link BatchTracingObservationHandler}.
 */
class BatchTracingObservationHandlerTests {

	private final Tracer tracer = mock(withSettings().defaultAnswer(Answers.RETURNS_DEEP_STUBS));

	private final Span.Builder builder = mock(withSettings().defaultAnswer(Answers.RETURNS_SELF));

	@ParameterizedTest
	@CsvSource({ "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 1",
			"00-00000000000000000000000000000000-b7ad6b7169203331-01, 0",
			"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01, 0", "x, 0", ", 0" })
	void linksAreToTracesThatExist(String header, int links) {
		StreamRecord record = mock();
		given(record.header("traceparent")).willReturn(header);
		given(this.tracer.spanBuilder()).willReturn(this.builder);
		given(this.builder.start()).willReturn(mock());

		new BatchTracingObservationHandler(this.tracer)
			.onStart(new BatchContext("subscriber", "group", List.of(record)));

		then(this.builder).should(times(links)).addLink(any());
	}

}
