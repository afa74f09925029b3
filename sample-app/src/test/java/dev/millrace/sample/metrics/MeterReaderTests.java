package dev.millrace.sample.metrics;

import java.time.Duration;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeterReaderTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final MeterReader reader = new MeterReader(this.registry);

	@Test
	void nameHoldsTags() {
		this.registry.gauge("jvm.memory.used", Tags.of("id", "Eden", "area", "heap"), 5);

		assertThat(this.reader.read()).singleElement()
			.satisfies((reading) -> assertThat(reading.meter()).isEqualTo("jvm.memory.used{area=heap,id=Eden}"))
			.satisfies((reading) -> assertThat(reading.value()).isEqualTo(5));
	}

	@Test
	void eachStatisticOfTimerIsRead() {
		this.registry.timer("jvm.gc.pause").record(Duration.ofSeconds(2));

		assertThat(this.reader.read()).extracting(MeterReading::meter)
			.containsExactlyInAnyOrder("jvm.gc.pause.count", "jvm.gc.pause.total", "jvm.gc.pause.max");
	}

	@Test
	void metersOfOthersAreLeftOut() {
		this.registry.gauge("kafka.consumer.lag", 1);

		assertThat(this.reader.read()).isEmpty();
	}

	@Test
	void whatIsNotNumberIsLeftOut() {
		this.registry.gauge("process.cpu.usage", Double.NaN);

		assertThat(this.reader.read()).isEmpty();
	}

}
