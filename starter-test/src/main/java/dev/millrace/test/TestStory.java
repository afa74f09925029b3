package dev.millrace.test;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.StreamRecord;
import dev.millrace.test.engine.InvocationLog.Invocation;
import dev.millrace.test.engine.TestBench;

/**
 * All that has happened during a test, as failures tell it: what was published, what was
 * made of it, and what is left.
 */
final class TestStory {

	private final TestBench bench;

	TestStory(TestBench bench) {
		this.bench = bench;
	}

	/**
	 * Tell it.
	 * @return the story, as it is now
	 */
	String tell() {
		return tell(this.bench.left());
	}

	String tell(List<String> left) {
		StringBuilder text = new StringBuilder("%n%nPublished:".formatted());
		List<String> topics = this.bench.topics();
		topics.forEach((topic) -> text
			.append("%n  %s: %s".formatted(topic, RecordText.of(this.bench.records(topic)).indent(2).strip())));
		text.append(topics.isEmpty() ? " nothing" : "").append("%nHandled:".formatted());
		boolean handled = false;
		for (String id : this.bench.subscribers()) {
			List<Invocation> calls = this.bench.calls(id);
			if (!calls.isEmpty()) {
				handled = true;
				text.append("%n  %s:".formatted(id));
				calls.forEach((call) -> text.append("%n    ".formatted()).append(of(call)));
			}
		}
		text.append(handled ? "" : " nothing").append("%nLeft:".formatted());
		left.forEach((what) -> text.append("%n  %s".formatted(what)));
		return text.append(left.isEmpty() ? " nothing" : "").toString();
	}

	private static String of(Invocation call) {
		return of(call.records(), Arrays.asList(call.arguments()), call.result(), call.failure());
	}

	static String of(List<StreamRecord> records, List<@Nullable Object> arguments, @Nullable Object result,
			@Nullable Throwable failure) {
		String where = records.isEmpty() ? "?"
				: "%s-%d@%d".formatted(records.get(0).topic(), records.get(0).partition(), records.get(0).offset());
		String more = (records.size() > 1) ? " and %d more".formatted(records.size() - 1) : "";
		int attempt = records.isEmpty() ? 1 : records.get(0).attempt();
		return "%s%s, attempt %d: %s -> %s".formatted(where, more, attempt, arguments,
				(failure != null) ? failure : result);
	}

}
