package dev.millrace.test.broker;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.EmbeddedBroker;

/**
 * A real broker, one for all tests of the JVM.
 */
final class RealTestBroker extends TestBroker {

	private static final EmbeddedBroker BROKER = EmbeddedBroker.start(BrokerSettings.defaults()
		.withPort(0)
		.withProperties(Map.of("group.consumer.heartbeat.interval.ms", "500",
				"group.consumer.min.heartbeat.interval.ms", "500")));

	private static final Admin ADMIN = Admin.create(connection(Map.of()));

	@Override
	Consumer<byte[], byte[]> newConsumer(Map<String, Object> properties) {
		Map<String, Object> all = connection(properties);
		// One that is closed waits for the answer to what it has asked for last.
		all.putIfAbsent("fetch.max.wait.ms", 20);
		return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
	}

	@Override
	Producer<byte[], byte[]> newProducer(Map<String, Object> properties) {
		return new KafkaProducer<>(connection(properties), new ByteArraySerializer(), new ByteArraySerializer());
	}

	@Override
	Admin admin() {
		return ADMIN;
	}

	private static Map<String, Object> connection(Map<String, Object> properties) {
		Map<String, Object> all = new HashMap<>(properties);
		all.put("bootstrap.servers", BROKER.bootstrapServers());
		return all;
	}

}
