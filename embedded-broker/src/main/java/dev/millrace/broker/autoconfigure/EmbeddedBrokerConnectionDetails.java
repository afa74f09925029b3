package dev.millrace.broker.autoconfigure;

import java.util.List;

import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;

import dev.millrace.broker.EmbeddedBroker;

/**
 * Connection of all Kafka clients of the application to the embedded broker.
 */
final class EmbeddedBrokerConnectionDetails implements KafkaConnectionDetails {

	private final EmbeddedBroker broker;

	EmbeddedBrokerConnectionDetails(EmbeddedBroker broker) {
		this.broker = broker;
	}

	@Override
	public List<String> getBootstrapServers() {
		return List.of(this.broker.bootstrapServers());
	}

	// Wins over the protocol that spring.kafka.* sets for the real cluster
	@Override
	public String getSecurityProtocol() {
		return "PLAINTEXT";
	}

}
