package dev.millrace.test.client;

import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.util.ReflectionUtils;

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

	/**
	 * Create an admin with the settings of another one.
	 * @param broker the broker
	 * @param admin the other one
	 * @return the admin
	 */
	public static InMemoryKafkaAdmin of(InMemoryBroker broker, KafkaAdmin admin) {
		InMemoryKafkaAdmin copy = new InMemoryKafkaAdmin(broker, admin.getConfigurationProperties());
		// Most of them can be set and not be asked for.
		ReflectionUtils.doWithFields(KafkaAdmin.class, (field) -> {
			ReflectionUtils.makeAccessible(field);
			field.set(copy, field.get(admin));
		}, ReflectionUtils.COPYABLE_FIELDS);
		return copy;
	}

	@Override
	public Admin createAdmin() {
		return this.broker.createAdmin();
	}

}
