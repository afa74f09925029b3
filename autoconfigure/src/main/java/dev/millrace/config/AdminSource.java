package dev.millrace.config;

import org.apache.kafka.clients.admin.Admin;

/**
 * Makes admin clients. A {@code KafkaAdmin} that implements it is asked for those that
 * Millrace uses; with any other, Kafka's own client is made with its properties.
 */
@FunctionalInterface
public interface AdminSource {

	/**
	 * Make a client.
	 * @return a client that whoever asked closes
	 */
	Admin createAdmin();

}
