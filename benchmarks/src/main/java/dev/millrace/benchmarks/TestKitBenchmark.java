package dev.millrace.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Objects;

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
		return TESTS.keySet().stream().sorted().map((name) -> new Arm(name, BASELINE)).toList();
	}

	@Override
	public Map<String, Double> run(Arm arm, String run) {
		Class<? extends RegistrationTest> test = Objects.requireNonNull(TESTS.get(arm.name()));
		try (ApplicationProcess application = ApplicationProcess.start(Jdk.current(), ApplicationProcess.classPath(),
				TestRun.class, List.of(test.getName()))) {
			return application.result();
		}
	}

	@Override
	public void close() {
		// Each run has a broker of its own, or none.
	}

}
