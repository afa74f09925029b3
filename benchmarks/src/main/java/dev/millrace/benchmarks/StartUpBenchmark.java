package dev.millrace.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.millrace.benchmarks.application.StartUpApplication;
import dev.millrace.broker.BrokerProcess;
import dev.millrace.broker.BrokerSettings;

/**
 * Time from the start of the JVM until all partitions are assigned.
 */
final class StartUpBenchmark implements Benchmark {

	static final int[] SIZES = { 1, 50, 200 };

	private final BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults());

	private final Path classes;

	StartUpBenchmark() {
		int largest = SIZES[SIZES.length - 1];
		try (Topics topics = new Topics(this.broker.bootstrapServers())) {
			topics.create(IntStream.range(0, largest).mapToObj(ListenerSource::topic).toList(), 1);
		}
		try {
			this.classes = Files.createTempDirectory("millrace-benchmarks-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		sources().forEach((source) -> source.compileTo(this.classes));
	}

	@Override
	public List<Arm> arms() {
		return sources().stream()
			.map((source) -> new Arm(source.describe(), source.withKind(ListenerSource.Kind.PLAIN).describe(),
					(run) -> run(source, run)))
			.toList();
	}

	@Override
	public void close() {
		this.broker.close();
	}

	private Map<String, Double> run(ListenerSource source, String run) {
		List<String> arguments = List.of(source.className(), String.valueOf(source.methods()),
				"--spring.kafka.bootstrap-servers=" + this.broker.bootstrapServers(), "--benchmark.group=" + run,
				"--millrace.enabled=" + (source.kind() == ListenerSource.Kind.MILLRACE));
		try (ApplicationProcess application = ApplicationProcess.start(Jdk.newest(),
				Program.of(StartUpApplication.class, this.classes), arguments)) {
			Map<String, Double> result = application.result();
			application.awaitExit();
			return result;
		}
	}

	private static List<ListenerSource> sources() {
		List<ListenerSource> sources = new ArrayList<>();
		for (int size : SIZES) {
			for (boolean shared : new boolean[] { true, false }) {
				for (ListenerSource.Kind kind : ListenerSource.Kind.values()) {
					sources.add(new ListenerSource(kind, size, shared));
				}
			}
		}
		return sources;
	}

}
