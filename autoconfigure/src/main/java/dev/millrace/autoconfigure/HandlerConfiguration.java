package dev.millrace.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.codec.BodyWriter;
import dev.millrace.codec.StreamCodecs;
import dev.millrace.handler.HandlerMethodFactory;
import dev.millrace.handler.InvocationObserver;
import dev.millrace.handler.SignatureReader;

/**
 * What decodes bodies, calls handlers and encodes results, with the application's own
 * {@code JsonMapper} and {@code Validator} where there are any.
 */
@Configuration(proxyBeanMethods = false)
class HandlerConfiguration {

	@Bean
	BodyWriter millraceBodyWriter(ObjectProvider<JsonMapper> mapper, StreamCodecs codecs) {
		return new BodyWriter(mapper.getIfAvailable(HandlerConfiguration::defaultMapper), codecs);
	}

	@Bean
	SignatureReader millraceSignatureReader(ObjectProvider<JsonMapper> mapper, ConfigurableBeanFactory beanFactory) {
		return new SignatureReader(mapper.getIfAvailable(HandlerConfiguration::defaultMapper),
				new EmbeddedValueResolver(beanFactory));
	}

	private static JsonMapper defaultMapper() {
		return JsonMapper.builder().findAndAddModules().build();
	}

	/**
	 * With Bean Validation.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "jakarta.validation.Validator")
	static class Validating {

		@Bean
		HandlerMethodFactory millraceHandlerMethodFactory(ObjectProvider<JsonMapper> mapper, StreamCodecs codecs,
				ObjectProvider<jakarta.validation.Validator> validator, ObjectProvider<InvocationObserver> observer,
				ConfigurableBeanFactory beanFactory) {
			return new HandlerMethodFactory(mapper.getIfAvailable(HandlerConfiguration::defaultMapper), codecs,
					validator.getIfUnique())
				.resolving(new EmbeddedValueResolver(beanFactory))
				.observedBy(observer.getIfAvailable(() -> InvocationObserver.NONE));
		}

	}

	/**
	 * Without Bean Validation.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("jakarta.validation.Validator")
	static class NotValidating {

		@Bean
		HandlerMethodFactory millraceHandlerMethodFactory(ObjectProvider<JsonMapper> mapper, StreamCodecs codecs,
				ObjectProvider<InvocationObserver> observer, ConfigurableBeanFactory beanFactory) {
			return new HandlerMethodFactory(mapper.getIfAvailable(HandlerConfiguration::defaultMapper), codecs, null)
				.resolving(new EmbeddedValueResolver(beanFactory))
				.observedBy(observer.getIfAvailable(() -> InvocationObserver.NONE));
		}

	}

}
