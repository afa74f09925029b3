package dev.millrace.benchmarks;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.test.context.TestContextManager;

import dev.millrace.benchmarks.workload.Output;

/**
 * Runs one test class with as many tests as there are in a large one, without a test
 * engine around it.
 */
public final class TestRun {

	private static final int TESTS = 100;

	private TestRun() {
	}

	/**
	 * Runs the tests.
	 * @param arguments the name of the class
	 * @throws Exception when a test fails
	 */
	public static void main(String[] arguments) throws Exception {
		try {
			Output.report(run(arguments[0]));
		}
		finally {
			// Threads of brokers must not keep a run that has failed from ending.
			System.out.flush();
			System.exit(0);
		}
	}

	private static Map<String, Double> run(String name) throws Exception {
		RegistrationTest test = (RegistrationTest) Class.forName(name).getDeclaredConstructor().newInstance();
		Method method = RegistrationTest.class.getDeclaredMethod("registers", int.class);
		long begin = System.nanoTime();
		TestContextManager manager = new TestContextManager(test.getClass());
		manager.beforeTestClass();
		manager.prepareTestInstance(test);
		test.prepare();
		double context = millisecondsSince(begin);
		double[] times = new double[TESTS];
		for (int number = 0; number < TESTS; number++) {
			long start = System.nanoTime();
			manager.beforeTestMethod(test, method);
			test.registers(number);
			manager.afterTestMethod(test, method, null);
			times[number] = millisecondsSince(start);
		}
		double[] further = Arrays.copyOfRange(times, 1, TESTS);
		Arrays.sort(further);
		Map<String, Double> values = new LinkedHashMap<>();
		values.put("further test, median, ms", further[further.length / 2]);
		values.put("further test, slowest, ms", further[further.length - 1]);
		values.put("first test, ms", times[0]);
		values.put("context, ms", context);
		values.put("context and %d tests, ms".formatted(TESTS), millisecondsSince(begin));
		return values;
	}

	private static double millisecondsSince(long nanoTime) {
		return (System.nanoTime() - nanoTime) / 1e6;
	}

}
