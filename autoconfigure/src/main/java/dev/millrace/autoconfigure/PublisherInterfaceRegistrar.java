package dev.millrace.autoconfigure;

import java.beans.Introspector;
import java.util.Objects;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

import dev.millrace.config.PublisherInterfaces;

/**
 * Finds the interfaces whose methods publish, in the packages of the application, and
 * makes beans of them.
 */
final class PublisherInterfaceRegistrar implements BeanDefinitionRegistryPostProcessor {

	private final Environment environment;

	private final ResourceLoader resourceLoader;

	PublisherInterfaceRegistrar(Environment environment, ResourceLoader resourceLoader) {
		this.environment = environment;
		this.resourceLoader = resourceLoader;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (!(registry instanceof ConfigurableListableBeanFactory beanFactory)
				|| !AutoConfigurationPackages.has(beanFactory)) {
			return;
		}
		ClassPathScanningCandidateComponentProvider scanner = new InterfaceScanner(this.environment);
		scanner.setResourceLoader(new InterfaceFiles(this.resourceLoader));
		scanner.addIncludeFilter((reader, factory) -> PublisherInterfaces.isDeclaredBy(reader.getAnnotationMetadata()));
		for (String basePackage : AutoConfigurationPackages.get(beanFactory)) {
			for (BeanDefinition candidate : scanner.findCandidateComponents(basePackage)) {
				String name = Objects.requireNonNull(candidate.getBeanClassName());
				register(ClassUtils.resolveClassName(name, beanFactory.getBeanClassLoader()), registry, beanFactory);
			}
		}
	}

	// Who implements it declares a bean of it: then it is a contract.
	private static void register(Class<?> type, BeanDefinitionRegistry registry,
			ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getBeanNamesForType(type, true, false).length > 0) {
			return;
		}
		RootBeanDefinition definition = new RootBeanDefinition(PublisherInterfaceFactoryBean.class);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
		definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
		definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
		String name = Introspector.decapitalize(type.getSimpleName());
		registry.registerBeanDefinition(registry.containsBeanDefinition(name) ? type.getName() : name, definition);
	}

	/**
	 * Scanner for interfaces.
	 */
	private static final class InterfaceScanner extends ClassPathScanningCandidateComponentProvider {

		InterfaceScanner(Environment environment) {
			super(false, environment);
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			return definition.getMetadata().isInterface() && definition.getMetadata().isIndependent();
		}

	}

}
