package dev.millrace.autoconfigure;

import java.io.IOException;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.io.Resource;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Condition of serving the AsyncAPI document: what {@code millrace.asyncapi.enabled}
 * says, or else that the application runs from class files. What is packaged is taken for
 * production, where names of topics, groups and brokers are not everybody's to read.
 */
class OnServedDocument extends SpringBootCondition implements ConfigurationCondition {

	private static final String PROPERTY = "millrace.asyncapi.enabled";

	// The packages of the application are not known earlier.
	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Served AsyncAPI document");
		Boolean enabled = context.getEnvironment().getProperty(PROPERTY, Boolean.class);
		if (enabled != null) {
			return new ConditionOutcome(enabled, message.because(PROPERTY + " is " + enabled));
		}
		// What is decided ahead of time is decided for what is packaged.
		boolean unpacked = !SpringProperties.getFlag(AbstractAotProcessor.AOT_PROCESSING) && isUnpacked(context);
		return unpacked ? ConditionOutcome.match(message.because("the application runs from class files"))
				: ConditionOutcome
					.noMatch(message.because("the application runs from an archive and " + PROPERTY + " is not set"));
	}

	private static boolean isUnpacked(ConditionContext context) {
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		return beanFactory != null && AutoConfigurationPackages.has(beanFactory)
				&& AutoConfigurationPackages.get(beanFactory).stream().anyMatch((name) -> isDirectory(name, context));
	}

	private static boolean isDirectory(String packageName, ConditionContext context) {
		String path = ClassUtils.convertClassNameToResourcePath(packageName);
		Resource resource = context.getResourceLoader().getResource("classpath:" + path + "/");
		try {
			return "file".equals(resource.getURL().getProtocol());
		}
		catch (IOException ex) {
			return false;
		}
	}

}
