package dev.millrace.console.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

import dev.millrace.StreamConfigurationException;
import dev.millrace.autoconfigure.MillraceAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsoleAutoConfiguration}: where the console is, and where it is not.
 */
class ConsoleAutoConfigurationTests {

	private static final String BEAN = "millraceConsole";

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(JacksonAutoConfiguration.class,
			KafkaAutoConfiguration.class, MillraceAutoConfiguration.class, ConsoleAutoConfiguration.class);

	private final WebApplicationContextRunner application = new WebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	@Test
	void isThereWhereTheApplicationRunsFromClassFiles() {
		this.application.withUserConfiguration(Unpacked.class).run((context) -> assertThat(context).hasBean(BEAN));
	}

	@Test
	void isNotThereWhereTheApplicationIsPackaged() {
		this.application.withUserConfiguration(Packaged.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(BEAN)
				.doesNotHaveBean("millraceFlowPage"));
	}

	@Test
	void isNotThereWhereItIsSwitchedOff() {
		this.application.withUserConfiguration(Unpacked.class)
			.withPropertyValues("millrace.console.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(BEAN));
		this.application.withUserConfiguration(Unpacked.class)
			.withPropertyValues("millrace.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BEAN));
	}

	@Test
	void packagedApplicationHasToSayForWhom() {
		this.application.withUserConfiguration(Packaged.class)
			.withPropertyValues("millrace.console.enabled=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(StreamConfigurationException.class, (ex) -> assertThat(ex.action())
					.contains("millrace.console.role", "millrace.console.read-only=true")));
		for (String enough : new String[] { "millrace.console.role=ops", "millrace.console.read-only=true" }) {
			this.application.withUserConfiguration(Packaged.class)
				.withPropertyValues("millrace.console.enabled=true", enough)
				.run((context) -> assertThat(context).hasBean(BEAN));
		}
	}

	@Test
	void isForServletsOnly() {
		new ReactiveWebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withUserConfiguration(Unpacked.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BEAN));
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withUserConfiguration(Unpacked.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BEAN));
	}

	@Test
	void pathMustBeOne() {
		for (String path : new String[] { "millrace", "/millrace/", "/", "/{a}", "" }) {
			this.application.withUserConfiguration(Unpacked.class)
				.withPropertyValues("millrace.console.path=" + path)
				.run((context) -> assertThat(context).as(path)
					.getFailure()
					.rootCause()
					.isInstanceOf(StreamConfigurationException.class));
		}
	}

	@Test
	void brokersAreNotAskedBeforeSomebodyLooks() {
		this.application.withUserConfiguration(Unpacked.class)
			.run((context) -> assertThat(Thread.getAllStackTraces().keySet())
				.noneMatch((thread) -> thread.getName().equals("millrace-console")));
	}

	/**
	 * Application that is in directories.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(UnpackedPackage.class)
	static class Unpacked {

	}

	/**
	 * Application that is in an archive, as this library is.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(PackagedPackage.class)
	static class Packaged {

	}

	/**
	 * Names a package that is a directory.
	 */
	static class UnpackedPackage implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			AutoConfigurationPackages.register(registry, "dev.millrace.console.autoconfigure");
		}

	}

	/**
	 * Names a package that is in an archive.
	 */
	static class PackagedPackage implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			AutoConfigurationPackages.register(registry, "org.junit.jupiter.api");
		}

	}

}
