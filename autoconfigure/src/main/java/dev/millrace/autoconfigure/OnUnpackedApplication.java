package dev.millrace.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Condition of what is for those who build the application: what a property says, or else
 * that the application runs from the class files of a build or an IDE. Everything else is
 * taken for production, class files in other directories too: images and servers have
 * them.
 */
public abstract class OnUnpackedApplication extends SpringBootCondition implements ConfigurationCondition {

	/**
	 * Where Maven, Gradle, IntelliJ IDEA, and Eclipse with Gradle have class files.
	 * Eclipse's {@code bin} alone may be anything.
	 */
	private static final String OUTPUT = ".*/(target/(test-)?classes|build/classes/[^/]+/[^/]+"
			+ "|out/(production|test)/[^/]+|bin/(main|test))/";

	private final String name;

	private final String property;

	/**
	 * Create a condition.
	 * @param name what depends on it, for the report
	 * @param property the property that decides when it is set
	 */
	protected OnUnpackedApplication(String name, String property) {
		this.name = name;
		this.property = property;
	}

	// The packages of the application are not known earlier.
	@Override
	public final ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public final ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition(this.name);
		Boolean enabled = context.getEnvironment().getProperty(this.property, Boolean.class);
		if (enabled != null) {
			return new ConditionOutcome(enabled, message.because(this.property + " is " + enabled));
		}
		// What is decided ahead of time is decided for what is packaged.
		boolean unpacked = !SpringProperties.getFlag(AbstractAotProcessor.AOT_PROCESSING)
				&& isUnpacked(context.getBeanFactory(), context.getResourceLoader());
		return unpacked ? ConditionOutcome.match(message.because("the application runs from class files of a build"))
				: ConditionOutcome
					.noMatch(message.because("the application does not run from class files of a build and "
							+ this.property + " is not set"));
	}

	/**
	 * Tell whether an application runs from the class files of a build or an IDE.
	 * @param beanFactory knows the packages of the application
	 * @param resources know where they are
	 * @return whether one of its packages is in a directory that these write to
	 */
	public static boolean isUnpacked(@Nullable BeanFactory beanFactory, ResourceLoader resources) {
		return beanFactory != null && AutoConfigurationPackages.has(beanFactory)
				&& AutoConfigurationPackages.get(beanFactory).stream().anyMatch((name) -> isBuilt(name, resources));
	}

	private static boolean isBuilt(String packageName, ResourceLoader resources) {
		String path = ClassUtils.convertClassNameToResourcePath(packageName);
		Resource resource = resources.getResource("classpath:" + path + "/");
		try {
			URI location = resource.getURI();
			return "file".equals(location.getScheme())
					&& location.getPath().matches(OUTPUT + Pattern.quote(path + "/"));
		}
		catch (IOException ex) {
			return false;
		}
	}

}
