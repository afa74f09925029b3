package dev.millrace.autoconfigure;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaOperations;

import dev.millrace.config.TransactionalProducers;

/**
 * Kafka clients of Millrace. One bean holds them, because beans of their own types would
 * make Spring Boot and the application give up or mistake theirs.
 *
 * @param containerFactory makes containers of consumers that read bytes
 * @param consumerFactory makes those consumers
 * @param producerFactory makes producers that send bytes
 * @param operations sends bytes
 * @param transactionalProducers makes producers that send bytes in transactions
 */
record StreamClients(ConcurrentKafkaListenerContainerFactory<Object, Object> containerFactory,
		ConsumerFactory<byte[], byte[]> consumerFactory, DefaultKafkaProducerFactory<byte[], byte[]> producerFactory,
		KafkaOperations<byte[], byte[]> operations,
		TransactionalProducers transactionalProducers) implements DisposableBean {

	@Override
	public void destroy() {
		this.producerFactory.destroy();
	}

}
