package dev.millrace.sample;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Tests for the architecture: the sample uses what a user may use, and its uses don't
 * know each other.
 */
@AnalyzeClasses(packages = ArchitectureTests.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	static final String ROOT = "dev.millrace.sample";

	@ArchTest
	final ArchRule onlyThePublicApiIsUsed = noClasses().that()
		.resideInAPackage(ROOT + "..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.millrace.endpoint", "dev.millrace.dispatch", "dev.millrace.codec",
				"dev.millrace.handler", "dev.millrace.publisher", "dev.millrace.listener", "dev.millrace.config",
				"dev.millrace.autoconfigure");

	@ArchTest
	final ArchRule usesAreIndependent = slices().matching(ROOT + ".(*)..").should().notDependOnEachOther();

}
