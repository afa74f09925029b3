package dev.millrace.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * Time that a test of a subscriber takes.
 */
final class TestKitBenchmark implements Benchmark {

	private static final String BASELINE = "`@EmbeddedKafka`";

	private static final Map<String, Class<? extends RegistrationTest>> TESTS = Map.of(BASELINE,
			RegistrationTest.WithEmbeddedKafka.class, "`@StreamTest`", RegistrationTest.InMemory.class,
			"`@StreamTest(backend = EMBEDDED)`", RegistrationTest.Embedded.class);

	@Override
	public List<Arm> arms() {
		return TESTS.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((test) -> new Arm(test.getKey(), BASELINE, (run) -> run(test.getValue())))
			.toList();
	}

	@Override
	public void close() {
		// Each run has a broker of its own, or none.
	}

	private static Map<String, Double> run(Class<? extends RegistrationTest> test) {
		try (ApplicationProcess application = ApplicationProcess.start(Jdk.newest(), Program.of(TestRun.class),
				List.of(test.getName()))) {
			return application.result();
		}
	}

}
