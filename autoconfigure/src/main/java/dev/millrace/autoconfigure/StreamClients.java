package dev.millrace.autoconfigure;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Kafka clients of Millrace. One bean holds them, because beans of their own types would
 * make Spring Boot and the application give up or mistake theirs.
 *
 * @param containerFactory makes containers of consumers that read bytes
 * @param producerFactory makes producers that send bytes
 * @param operations sends bytes
 */
record StreamClients(ConcurrentKafkaListenerContainerFactory<Object, Object> containerFactory,
		DefaultKafkaProducerFactory<byte[], byte[]> producerFactory,
		KafkaOperations<byte[], byte[]> operations) implements DisposableBean {

	@Override
	public void destroy() {
		this.producerFactory.destroy();
	}

}
