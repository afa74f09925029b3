package dev.millrace.test.broker;

import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The broker in memory.
 */
final class MemoryTestBroker extends TestBroker {

	private final InMemoryBroker broker;

	MemoryTestBroker() {
		this(InMemoryBroker.create());
	}

	MemoryTestBroker(InMemoryBroker broker) {
		this.broker = broker;
	}

	@Override
	Consumer<byte[], byte[]> newConsumer(Map<String, Object> properties) {
		return this.broker.createConsumer(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
	}

	@Override
	Producer<byte[], byte[]> newProducer(Map<String, Object> properties) {
		return this.broker.createProducer(properties, new ByteArraySerializer(), new ByteArraySerializer());
	}

	@Override
	Admin admin() {
		return this.broker.createAdmin();
	}

}
