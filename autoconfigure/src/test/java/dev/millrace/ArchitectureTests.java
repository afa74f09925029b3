package dev.millrace;

import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Tests for the architecture.
 */
@AnalyzeClasses(packages = ArchitectureTests.ROOT, importOptions = ArchitectureTests.MainClasses.class)
class ArchitectureTests {

	static final String ROOT = "dev.millrace";

	static final List<String> LAYERS = List.of("annotation", "endpoint", "dispatch", "codec", "expression", "handler",
			"publisher", "request", "monitor", "failure", "deadletter", "listener", "config", "actuate", "asyncapi",
			"observation", "autoconfigure");

	@ArchTest
	final ArchRule packagesAreFreeOfTangles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

	@ArchTest
	final ArchRule layersPointInward = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("annotation")
		.definedBy(ROOT + ".annotation")
		.layer("endpoint")
		.definedBy(ROOT + ".endpoint")
		.layer("dispatch")
		.definedBy(ROOT + ".dispatch")
		.layer("codec")
		.definedBy(ROOT + ".codec")
		.layer("expression")
		.definedBy(ROOT + ".expression")
		.layer("handler")
		.definedBy(ROOT + ".handler")
		.layer("publisher")
		.definedBy(ROOT + ".publisher")
		.layer("request")
		.definedBy(ROOT + ".request")
		.layer("monitor")
		.definedBy(ROOT + ".monitor")
		.layer("failure")
		.definedBy(ROOT + ".failure")
		.layer("deadletter")
		.definedBy(ROOT + ".deadletter")
		.layer("listener")
		.definedBy(ROOT + ".listener")
		.layer("config")
		.definedBy(ROOT + ".config")
		.layer("actuate")
		.definedBy(ROOT + ".actuate")
		.layer("asyncapi")
		.definedBy(ROOT + ".asyncapi")
		.layer("observation")
		.definedBy(ROOT + ".observation")
		.layer("autoconfigure")
		.definedBy(ROOT + ".autoconfigure")
		.whereLayer("annotation")
		.mayOnlyBeAccessedByLayers("handler", "config")
		.whereLayer("endpoint")
		.mayOnlyBeAccessedByLayers("handler", "publisher", "failure", "deadletter", "listener", "config", "actuate",
				"asyncapi", "autoconfigure", "observation")
		.whereLayer("dispatch")
		.mayOnlyBeAccessedByLayers("failure", "listener", "config", "observation")
		.whereLayer("codec")
		.mayOnlyBeAccessedByLayers("handler", "publisher", "config", "autoconfigure")
		.whereLayer("expression")
		.mayOnlyBeAccessedByLayers("handler", "publisher")
		.whereLayer("handler")
		.mayOnlyBeAccessedByLayers("request", "listener", "config", "autoconfigure", "observation")
		.whereLayer("publisher")
		.mayOnlyBeAccessedByLayers("handler", "request", "failure", "deadletter", "listener", "config", "autoconfigure",
				"observation")
		.whereLayer("request")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("monitor")
		.mayOnlyBeAccessedByLayers("failure", "listener", "config", "actuate", "autoconfigure")
		.whereLayer("failure")
		.mayOnlyBeAccessedByLayers("deadletter", "listener", "config")
		.whereLayer("deadletter")
		.mayOnlyBeAccessedByLayers("actuate", "autoconfigure")
		.whereLayer("listener")
		.mayOnlyBeAccessedByLayers("deadletter", "config", "actuate", "autoconfigure")
		.whereLayer("config")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("actuate")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("asyncapi")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("observation")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("autoconfigure")
		.mayNotBeAccessedByAnyLayer();

	@ArchTest
	final ArchRule apiIsLeaf = noClasses().that()
		.resideInAPackage(ROOT)
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".(*)..");

	@ArchTest
	final ArchRule documentReadsTheModelOnly = noClasses().that()
		.resideInAPackage(ROOT + ".asyncapi")
		.should()
		.dependOnClassesThat(resideInAPackage(ROOT + "..")
			.and(DescribedPredicate.not(resideInAnyPackage(ROOT, ROOT + ".endpoint", ROOT + ".asyncapi"))));

	@ArchTest
	final ArchRule bootOnlyInGlue = noClasses().that()
		.resideOutsideOfPackages(ROOT + ".actuate..", ROOT + ".autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	final ArchRule dispatchIsPureJava = classes().that()
		.resideInAPackage(ROOT + ".dispatch..")
		.should()
		.onlyDependOnClassesThat(
				resideInAnyPackage("java..", ROOT, ROOT + ".dispatch", "org.apache.kafka.common", "org.jspecify..")
					.or(type(ConsumerRecord.class))
					.or(type(byte[].class)));

	@ArchTest
	final ArchRule everyPackageHasItsPlace = classes().should()
		.resideInAnyPackage(Stream.concat(Stream.of(""), LAYERS.stream().map((layer) -> "." + layer))
			.map((suffix) -> ROOT + suffix)
			.toArray(String[]::new));

	@ArchTest
	final ArchRule autoConfigurationsArePublicFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	final ArchRule beanMethodsAreNotPublic = methods().that().areAnnotatedWith(Bean.class).should().notBePublic();

	@ArchTest
	final ArchRule postProcessorBeanMethodsAreStatic = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(assignableTo(BeanPostProcessor.class))
		.should()
		.beStatic();

	@ArchTest
	final ArchRule onlyPropertiesHaveSetters = methods().that()
		.haveNameMatching("set[A-Z].*")
		.and()
		.arePublic()
		.should()
		.beDeclaredInClassesThat()
		.haveSimpleNameEndingWith("Properties")
		.orShould()
		.beDeclaredInClassesThat()
		.areMemberClasses();

	/**
	 * Main classes of this module; the embedded broker, too, is in a package below the
	 * root.
	 */
	static class MainClasses implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return location.contains("/autoconfigure/target/classes/");
		}

	}

}
