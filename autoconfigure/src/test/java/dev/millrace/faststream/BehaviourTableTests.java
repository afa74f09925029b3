package dev.millrace.faststream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of FastStream's behaviours says what the tests say.
 */
class BehaviourTableTests {

	private static final Path TABLE = Path.of("").toAbsolutePath().getParent().resolve("docs/faststream-behaviours.md");

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| (\\d+)(?:-(\\d+))? \\| (.+) \\| (the same|differs|not yet|no counterpart)(.*) \\| (.*)\\|$");

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests\\.\\w+)`");

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

	private static Map<Integer, Collection<String>> annotated() {
		Map<Integer, Collection<String>> annotated = new TreeMap<>();
		ClassFileImporter importer = new ClassFileImporter(List.of(ImportOption.Predefined.ONLY_INCLUDE_TESTS));
		for (JavaClass type : importer.importPackages("dev.millrace")) {
			for (JavaMethod method : type.getMethods()) {
				if (method.isAnnotatedWith(Behaviour.class)) {
					assertThat(method.isMetaAnnotatedWith(Testable.class)).as(method.getFullName()).isTrue();
					Arrays.stream(method.getAnnotationOfType(Behaviour.class).value())
						.forEach((number) -> annotated.computeIfAbsent(number, (key) -> new TreeSet<>())
							.add(type.getSimpleName() + "." + method.getName()));
				}
			}
		}
		return annotated;
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

	record Row(List<Integer> numbers, String state, String remark, List<String> tests) {

	}

}
