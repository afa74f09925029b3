package dev.millrace.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

import dev.millrace.codec.ClientKeys;
import dev.millrace.codec.ClientSerdes;
import dev.millrace.codec.CloudEventsCodec;
import dev.millrace.codec.StreamCodec;
import dev.millrace.codec.StreamCodecs;

/**
 * Codecs: those of the application, that of CloudEvents where the SDK is there, and what
 * the application's own Kafka clients read and write by.
 */
@Configuration(proxyBeanMethods = false)
class CodecConfiguration {

	// The factories are those that the clients are derived from, found by the same names.
	@Bean
	StreamCodecs millraceStreamCodecs(ObjectProvider<StreamCodec> codecs, ListableBeanFactory beans,
			ConsumerFactory<?, ?> kafkaConsumerFactory, ProducerFactory<?, ?> kafkaProducerFactory) {
		Map<String, StreamCodec> named = beans.getBeansOfType(StreamCodec.class);
		Map<String, StreamCodec> ordered = new LinkedHashMap<>();
		codecs.orderedStream().forEach((codec) -> named.forEach((name, candidate) -> {
			if (candidate == codec) {
				ordered.put(name, codec);
			}
		}));
		ClientKeys.report(kafkaConsumerFactory, kafkaProducerFactory);
		return new StreamCodecs(ordered, ClientSerdes.of(kafkaConsumerFactory, kafkaProducerFactory));
	}

	/**
	 * With the SDK of CloudEvents.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "io.cloudevents.kafka.CloudEventSerializer")
	static class CloudEvents {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean
		CloudEventsCodec millraceCloudEventsCodec() {
			return new CloudEventsCodec();
		}

	}

}
