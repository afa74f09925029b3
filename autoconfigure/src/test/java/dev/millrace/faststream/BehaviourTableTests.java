package dev.millrace.faststream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of FastStream's behaviours says what the tests of all modules say. They are
 * read as source, because one module does not see the tests of another.
 */
class BehaviourTableTests {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

	private static final Path TABLE = ROOT.resolve("docs/faststream-behaviours.md");

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| (\\d+)(?:-(\\d+))? \\| (.+) \\| (the same|differs|no counterpart)(.*) \\| (.*)\\|$");

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests\\.\\w+)`");

	private static final Pattern TYPE = Pattern.compile("(?m)^(?:\\w+ )*class (\\w+)(?: extends (\\w+))?");

	private static final Pattern METHOD = Pattern
		.compile("(?m)((?:^\\t+@.*\\n(?:\\t{3,}.*\\n)*)+)^\\t+(?:\\w+ )*void (\\w+)\\(");

	private static final Pattern ANNOTATION = Pattern.compile("@Behaviour\\(([^)]+)\\)");

	private static final String WITHOUT_BROKER = "no broker takes part";

	@Test
	void everyNumberHasOneRow() throws IOException {
		assertThat(rows().stream().flatMap((row) -> row.numbers().stream()))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 217).boxed().toList());
		assertThat(Files.readAllLines(TABLE).stream().filter((line) -> line.matches("\\| \\d.*")))
			.hasSameSizeAs(rows());
	}

	@Test
	void rowsNameTheTestsThatCarryTheirNumbers() throws IOException {
		Map<Integer, Collection<String>> table = new TreeMap<>();
		for (Row row : rows()) {
			if (!row.tests().isEmpty()) {
				row.numbers().forEach((number) -> table.put(number, new TreeSet<>(row.tests())));
			}
		}
		assertThat(table).isEqualTo(annotated());
	}

	@Test
	void whatIsThereHasATestOnABrokerAndWhatIsNotThereHasAReason() throws IOException {
		assertThat(rows()).allSatisfy((row) -> {
			if (row.state().equals("the same") || row.state().equals("differs")) {
				assertThat(row.tests()).isNotEmpty();
				assertThat(row.tests().stream().anyMatch((test) -> test.contains("IntegrationTests.")))
					.isNotEqualTo(row.remark().contains(WITHOUT_BROKER));
			}
			else {
				assertThat(row.tests()).isEmpty();
			}
			if (!row.state().equals("the same")) {
				assertThat(row.remark()).startsWith(": ");
			}
		});
	}

	private static Map<Integer, Collection<String>> annotated() throws IOException {
		Map<Integer, Collection<String>> annotated = new TreeMap<>();
		List<Source> sources = sources();
		for (Source source : sources) {
			Collection<String> types = source.isAbstract() ? sources.stream()
				.filter((other) -> source.type().equals(other.parent()))
				.map(Source::type)
				.toList() : List.of(source.type());
			source.methods()
				.forEach((method) -> method.numbers()
					.forEach((number) -> types
						.forEach((type) -> annotated.computeIfAbsent(number, (key) -> new TreeSet<>())
							.add(type + "." + method.name()))));
		}
		return annotated;
	}

	private static List<Source> sources() throws IOException {
		List<Source> sources = new ArrayList<>();
		try (Stream<Path> files = Files.find(ROOT, Integer.MAX_VALUE,
				(path, attributes) -> path.toString().matches(".*/src/test/java/.*\\.java"))) {
			for (Path file : files.toList()) {
				String text = Files.readString(file);
				Matcher type = TYPE.matcher(text);
				if (type.find()) {
					sources.add(new Source(type.group(1), type.group(2), type.group().startsWith("abstract"),
							methods(file, text)));
				}
			}
		}
		return sources;
	}

	private static List<Method> methods(Path file, String text) {
		List<Method> methods = new ArrayList<>();
		METHOD.matcher(text).results().forEach((method) -> {
			Matcher annotation = ANNOTATION.matcher(method.group(1));
			if (annotation.find()) {
				assertThat(method.group(1)).as(method.group(2)).containsPattern("@(Parameterized)?Test\\b");
				methods.add(new Method(method.group(2), numbers(annotation.group(1))));
			}
		});
		assertThat(methods).as(file.toString()).hasSize((int) ANNOTATION.matcher(text).results().count());
		return methods;
	}

	private static List<Integer> numbers(String value) {
		return Pattern.compile("\\d+").matcher(value).results().map(MatchResult::group).map(Integer::valueOf).toList();
	}

	private static List<Row> rows() throws IOException {
		return ROW.matcher(Files.readString(TABLE)).results().map(BehaviourTableTests::row).toList();
	}

	private static Row row(MatchResult match) {
		int first = Integer.parseInt(match.group(1));
		int last = (match.group(2) != null) ? Integer.parseInt(match.group(2)) : first;
		Matcher tests = TEST.matcher(match.group(6));
		return new Row(IntStream.rangeClosed(first, last).boxed().toList(), match.group(4), match.group(5),
				tests.results().map((test) -> test.group(1)).toList());
	}

	record Source(String type, String parent, boolean isAbstract, List<Method> methods) {

	}

	record Method(String name, List<Integer> numbers) {

	}

	record Row(List<Integer> numbers, String state, String remark, List<String> tests) {

	}

}
