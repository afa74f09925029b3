package dev.millrace.autoconfigure;

import org.apache.kafka.clients.admin.Admin;
import org.springframework.kafka.core.KafkaAdmin;

import dev.millrace.config.AdminSource;

/**
 * Finds out how admin clients are made.
 */
final class AdminClients {

	private AdminClients() {
	}

	static AdminSource of(KafkaAdmin kafkaAdmin) {
		return (kafkaAdmin instanceof AdminSource source) ? source
				: () -> Admin.create(kafkaAdmin.getConfigurationProperties());
	}

}
