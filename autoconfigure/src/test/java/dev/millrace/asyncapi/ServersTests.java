package dev.millrace.asyncapi;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Servers}.
 */
class ServersTests {

	@ParameterizedTest
	@CsvSource({ "PLAIN, plain", "SCRAM-SHA-256, scramSha256", "SCRAM-SHA-512, scramSha512", "GSSAPI, gssapi",
			"OAUTHBEARER, http" })
	void mechanismIsAScheme(String mechanism, String type) {
		Servers servers = servers("SASL_SSL", mechanism, false, null);

		assertThat(servers.servers().at("/one/protocol").asString()).isEqualTo("kafka-secure");
		assertThat(servers.servers().at("/one/security/0/$ref").asString())
			.isEqualTo("#/components/securitySchemes/" + mechanism);
		assertThat(servers.securitySchemes().at("/" + mechanism + "/type").asString()).isEqualTo(type);
	}

	@Test
	void certificateOfTheClientIsAScheme() {
		Servers servers = servers("SSL", null, true, null);

		assertThat(servers.servers().path("one")).hasToString("{\"host\":\"one:9092\",\"protocol\":\"kafka-secure\","
				+ "\"security\":[{\"$ref\":\"#/components/securitySchemes/certificate\"}]}");
		assertThat(servers.securitySchemes().at("/certificate/type").asString()).isEqualTo("X509");
	}

	@Test
	void withoutSecurityThereIsNoScheme() {
		Servers servers = servers("PLAINTEXT", "PLAIN", true, null);

		assertThat(servers.servers().path("one")).hasToString("{\"host\":\"one:9092\",\"protocol\":\"kafka\"}");
		assertThat(servers.securitySchemes()).isEmpty();
	}

	@Test
	void schemaRegistryIsABinding() {
		assertThat(servers("PLAINTEXT", null, false, "https://registry.example").servers().at("/one/bindings/kafka"))
			.hasToString("{\"schemaRegistryUrl\":\"https://registry.example\",\"bindingVersion\":\"0.5.0\"}");
	}

	private static Servers servers(String protocol, @Nullable String mechanism, boolean certificate,
			@Nullable String registry) {
		return new Servers(
				List.of(new ServerInfo("one", "one:9092", protocol, mechanism, certificate, null, registry)));
	}

}
