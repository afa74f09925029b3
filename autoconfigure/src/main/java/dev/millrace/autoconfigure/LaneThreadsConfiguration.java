package dev.millrace.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.system.JavaVersion;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.millrace.config.EngineTime;
import dev.millrace.config.LaneThreads;

/**
 * Threads of the handlers: virtual ones where the JVM has them and
 * {@code spring.threads.virtual.enabled} does not say otherwise, else a pool that grows
 * and shrinks with what runs.
 */
@Configuration(proxyBeanMethods = false)
class LaneThreadsConfiguration {

	private static final String THREAD_NAME_PREFIX = "millrace-";

	@Bean
	@ConditionalOnMissingBean
	EngineTime millraceEngineTime() {
		return EngineTime.ofSystem();
	}

	@Bean
	@ConditionalOnMissingBean
	LaneThreads millraceLaneThreads(Environment environment) {
		boolean available = JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE);
		if (available && environment.getProperty("spring.threads.virtual.enabled", Boolean.class, true)) {
			return new VirtualThreadTaskExecutor(THREAD_NAME_PREFIX)::execute;
		}
		CustomizableThreadFactory factory = new CustomizableThreadFactory(THREAD_NAME_PREFIX);
		// A handler that never returns must not keep the JVM from ending.
		factory.setDaemon(true);
		return new LaneThreadPool(factory);
	}

}
