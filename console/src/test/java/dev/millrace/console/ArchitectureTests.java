package dev.millrace.console;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Tests for the architecture.
 */
@AnalyzeClasses(packages = ArchitectureTests.ROOT, importOptions = ArchitectureTests.MainClasses.class)
class ArchitectureTests {

	static final String ROOT = "dev.millrace.console";

	@ArchTest
	final ArchRule packagesAreFreeOfTangles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

	@ArchTest
	final ArchRule pagesKnowNothingOfTheWebNorOfEachOther = slices().matching(ROOT + ".(*)")
		.should()
		.notDependOnEachOther()
		.ignoreDependency(resideInAPackage(ROOT + ".autoconfigure"), resideInAPackage(ROOT + ".."))
		.ignoreDependency(resideInAPackage(ROOT + ".."), resideInAPackage(ROOT + ".record"));

	@ArchTest
	final ArchRule bootOnlyInGlue = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".autoconfigure")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	final ArchRule webOnlyInWeb = noClasses().that()
		.resideOutsideOfPackages(ROOT + ".web", ROOT + ".autoconfigure")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.web..", "org.springframework.http..", "jakarta.servlet..");

	// Of the engine only what makes itself known to others.
	@ArchTest
	final ArchRule consumersAreLeftAlone = classes().that()
		.resideInAPackage(ROOT + "..")
		.should()
		.onlyDependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate
			.not(resideInAPackage("dev.millrace.dispatch").or(resideInAPackage("dev.millrace.handler"))
				.or(resideInAPackage("dev.millrace.failure")))
			.or(com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName("WindowView")));

	/**
	 * Main classes of this module.
	 */
	static class MainClasses implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return location.contains("/console/target/classes/");
		}

	}

}
