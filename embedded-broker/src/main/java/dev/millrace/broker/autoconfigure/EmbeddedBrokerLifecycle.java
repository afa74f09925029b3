package dev.millrace.broker.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.BrokerStartException;
import dev.millrace.broker.EmbeddedBroker;

/**
 * Owner of the broker of one application context, which stops it after everything else.
 *
 * Beans are destroyed in the reverse order of their creation, and bean factory
 * post-processors are created before all other beans. So this one, which processes
 * nothing, outlives even beans that publish while closing and do not depend on the broker
 * in any way Spring could see.
 */
final class EmbeddedBrokerLifecycle implements BeanFactoryPostProcessor, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedBrokerLifecycle.class);

	private @Nullable EmbeddedBroker broker;

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
	}

	EmbeddedBroker start(BrokerSettings settings) {
		EmbeddedBroker started = startOnAnyPort(settings);
		this.broker = started;
		return started;
	}

	@Override
	public void destroy() {
		if (this.broker != null) {
			this.broker.close();
		}
	}

	private EmbeddedBroker startOnAnyPort(BrokerSettings settings) {
		try {
			return EmbeddedBroker.start(settings);
		}
		catch (BrokerStartException ex) {
			if (ex.reason() != BrokerStartException.Reason.PORT_IN_USE) {
				throw ex;
			}
			EmbeddedBroker started = EmbeddedBroker.start(settings.withPort(0));
			logger.warn("Port {} is in use, the embedded Kafka broker listens on port {} instead", settings.port(),
					started.port());
			return started;
		}
	}

}
