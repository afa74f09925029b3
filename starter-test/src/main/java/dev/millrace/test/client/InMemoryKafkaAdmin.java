package dev.millrace.test.client;

import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.springframework.kafka.core.KafkaAdmin;

import dev.millrace.config.AdminSource;
import dev.millrace.test.broker.InMemoryBroker;

/**
 * Creates the topics that are beans in a broker in memory.
 */
public final class InMemoryKafkaAdmin extends KafkaAdmin implements AdminSource {

	private final InMemoryBroker broker;

	/**
	 * Create an admin.
	 * @param broker the broker
	 * @param properties the properties of admin clients, which are only shown
	 */
	public InMemoryKafkaAdmin(InMemoryBroker broker, Map<String, Object> properties) {
		super(properties);
		this.broker = broker;
	}

	@Override
	public Admin createAdmin() {
		return this.broker.createAdmin();
	}

}
