package dev.millrace.asyncapi;

import org.jspecify.annotations.Nullable;

/**
 * Server of the document.
 *
 * @param name the name
 * @param host the host, with the port
 * @param securityProtocol Kafka's security protocol: {@code PLAINTEXT}, {@code SSL},
 * {@code SASL_PLAINTEXT} or {@code SASL_SSL}
 * @param saslMechanism the mechanism, with SASL, or {@code null}
 * @param clientCertificate whether clients show a certificate
 * @param description what it is there for, or {@code null}
 * @param schemaRegistryUrl where the schema registry is, or {@code null}
 */
public record ServerInfo(String name, String host, String securityProtocol, @Nullable String saslMechanism,
		boolean clientCertificate, @Nullable String description, @Nullable String schemaRegistryUrl) {

}
