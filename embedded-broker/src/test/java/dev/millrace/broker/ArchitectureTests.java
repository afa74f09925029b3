package dev.millrace.broker;

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

	static final String ROOT = "dev.millrace.broker";

	@ArchTest
	final ArchRule brokerNeedsNeitherSpringNorItsGlue = noClasses().that()
		.resideInAPackage(ROOT)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", ROOT + ".autoconfigure");

	@ArchTest
	final ArchRule everyPackageHasItsPlace = classes().should().resideInAnyPackage(ROOT, ROOT + ".autoconfigure");

	@ArchTest
	final ArchRule onlyTheBrokerSeesKafkasServer = noClasses().that()
		.resideInAPackage(ROOT + ".autoconfigure")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..");

}
