package dev.millrace.autoconfigure;

import java.time.Duration;
import java.util.Locale;
import java.util.Properties;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.ConfigDef;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

import dev.millrace.config.TransactionalProducers;
import dev.millrace.publisher.RecordSender;
import dev.millrace.request.RequestClients;

/**
 * Kafka clients of Millrace. One bean holds them, because beans of their own types would
 * make Spring Boot and the application give up or mistake theirs.
 *
 * @param containerFactory makes containers of consumers that read bytes
 * @param consumerFactory makes those consumers
 * @param producerFactory makes producers that send bytes
 * @param sender sends bytes
 * @param transactionalProducers makes producers that send bytes in transactions
 */
record StreamClients(ConcurrentKafkaListenerContainerFactory<Object, Object> containerFactory,
		ConsumerFactory<byte[], byte[]> consumerFactory, DefaultKafkaProducerFactory<byte[], byte[]> producerFactory,
		RecordSender sender, TransactionalProducers transactionalProducers) implements DisposableBean {

	Consumer<byte[], byte[]> replyConsumer() {
		Properties properties = new Properties();
		properties.putAll(RequestClients.REPLY_CONSUMER);
		return this.consumerFactory.createConsumer(null, null, "-replies", properties);
	}

	// Reads to the end and is closed. Without that setting, the broker keeps the request
	// for more than there is, and the next partition as well as the close wait for it.
	Consumer<byte[], byte[]> scanningConsumer(IsolationLevel isolation) {
		Properties properties = new Properties();
		properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString().toLowerCase(Locale.ROOT));
		properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		properties.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "0");
		return this.consumerFactory.createConsumer(null, null, "-dead-letters", properties);
	}

	// How long any call of a consumer waits for the brokers.
	Duration consumerTimeout() {
		String name = ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG;
		Object value = this.consumerFactory.getConfigurationProperties()
			.getOrDefault(name, ConsumerConfig.configDef().defaultValues().get(name));
		return Duration.ofMillis((int) ConfigDef.parseType(name, value, ConfigDef.Type.INT));
	}

	@Override
	public void destroy() {
		this.producerFactory.destroy();
	}

}
