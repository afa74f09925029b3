package dev.millrace.console.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

import dev.millrace.StreamConfigurationException;
import dev.millrace.autoconfigure.AsyncApiAutoConfiguration;
import dev.millrace.autoconfigure.MillraceAutoConfiguration;
import dev.millrace.autoconfigure.OnUnpackedApplication;
import dev.millrace.console.ConsolePage;
import dev.millrace.console.web.ConsoleSettings;
import dev.millrace.console.web.ServletConsole;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Auto-configuration of the console.
 */
@AutoConfiguration(after = { MillraceAutoConfiguration.class, AsyncApiAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(RouterFunction.class)
@ConditionalOnBean(SubscriberRuntimes.class)
@Conditional(OnConsole.class)
@EnableConfigurationProperties(ConsoleProperties.class)
@Import({ SubscriberPagesConfiguration.class, RecordPagesConfiguration.class })
public final class ConsoleAutoConfiguration {

	@Bean
	RouterFunction<ServerResponse> millraceConsole(ConsoleProperties properties, ObjectProvider<ConsolePage> pages,
			BeanFactory beanFactory, ResourceLoader resources, Environment environment) {
		boolean development = OnUnpackedApplication.isUnpacked(beanFactory, resources);
		String role = StringUtils.hasText(properties.getRole()) ? properties.getRole() : null;
		checkRole(role, properties.isReadOnly(), development);
		return new ServletConsole(new ConsoleSettings(environment.getProperty("spring.application.name"),
				checkPath(properties.getPath()), role, properties.isReadOnly(), development, properties.getHosts()))
			.routes(pages.orderedStream().toList());
	}

	static void checkRole(@Nullable String role, boolean readOnly, boolean development) {
		if (role == null && !readOnly && !development) {
			throw new StreamConfigurationException(
					"The console is enabled in an application that is packaged, and millrace.console.role does not "
							+ "say who may change something there.",
					"Set millrace.console.role to a role of the users that may, or millrace.console.read-only=true "
							+ "so that nobody can.");
		}
	}

	private static String checkPath(String path) {
		if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
			throw new StreamConfigurationException("millrace.console.path is '" + path + "'.",
					"Set it to a path that begins with a slash and does not end with one, as /millrace.");
		}
		return path;
	}

}
