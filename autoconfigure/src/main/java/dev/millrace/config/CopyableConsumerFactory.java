package dev.millrace.config;

import java.util.Map;

import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * A consumer factory that makes factories of its kind with other properties. Spring Kafka
 * has that for producers only. From a factory that does not implement it, Millrace takes
 * the properties, and makes Kafka's own consumers.
 */
public interface CopyableConsumerFactory {

	/**
	 * Make a factory of the same kind for keys and bodies that are bytes.
	 * @param properties all properties of its consumers
	 * @return a factory without listeners and post-processors
	 */
	DefaultKafkaConsumerFactory<byte[], byte[]> copyForBytes(Map<String, Object> properties);

}
