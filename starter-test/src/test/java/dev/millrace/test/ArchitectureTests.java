package dev.millrace.test;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Tests for the architecture.
 */
@AnalyzeClasses(packages = ArchitectureTests.ROOT,
		importOptions = { ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class })
class ArchitectureTests {

	static final String ROOT = "dev.millrace.test";

	@ArchTest
	final ArchRule brokerNeedsNothingButKafkasClients = classes().that()
		.resideInAPackage(ROOT + ".broker")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("java..", "org.apache.kafka.clients..", "org.apache.kafka.common..", "org.jspecify..",
				ROOT + ".broker");

	@ArchTest
	final ArchRule brokerHasNoSocketsAndNoFiles = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..");

	@ArchTest
	final ArchRule bootOnlyInGlue = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".autoconfigure")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	final ArchRule everyPackageHasItsPlace = classes().should()
		.resideInAnyPackage(ROOT, ROOT + ".broker", ROOT + ".client", ROOT + ".engine", ROOT + ".fault",
				ROOT + ".autoconfigure");

}
