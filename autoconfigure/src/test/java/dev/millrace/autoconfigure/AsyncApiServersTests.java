package dev.millrace.autoconfigure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.millrace.asyncapi.ServerInfo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AsyncApiServers}.
 */
class AsyncApiServersTests {

	@Test
	void oneForEachBroker() {
		assertThat(servers(Map.of("bootstrap.servers", "one:9092, PLAINTEXT://two:9093"))).containsExactly(
				new ServerInfo("kafka-1", "one:9092", "PLAINTEXT", null, false, null, null),
				new ServerInfo("kafka-2", "two:9093", "PLAINTEXT", null, false, null, null));
		assertThat(servers(Map.of("bootstrap.servers", List.of("one:9092")))).extracting(ServerInfo::name)
			.containsExactly("kafka");
		assertThat(servers(Map.of())).isEmpty();
	}

	@Test
	void securityIsToldWithoutSecrets() {
		List<ServerInfo> servers = servers(Map.of("bootstrap.servers", "one:9092", "security.protocol", "SASL_SSL",
				"sasl.mechanism", "SCRAM-SHA-512", "sasl.jaas.config", "username=u password=s3cret",
				"ssl.keystore.location", "/keys/s3cret", "ssl.keystore.password", "s3cret", "schema.registry.url",
				"https://user:s3cret@registry.example/api?token=s3cret"));

		assertThat(servers).containsExactly(new ServerInfo("kafka", "one:9092", "SASL_SSL", "SCRAM-SHA-512", true, null,
				"https://registry.example/api"));
		assertThat(servers.toString()).doesNotContain("s3cret");
	}

	@Test
	void securityProtocolMayBeLowerCase() {
		AsyncApiProperties.Server declared = new AsyncApiProperties.Server();
		declared.setHost("kafka.example:9094");
		declared.setSecurityProtocol("ssl");
		AsyncApiServers servers = new AsyncApiServers(
				Map.of("bootstrap.servers", "one:9092", "security.protocol", "sasl_ssl"));

		assertThat(servers.of(Map.of())).extracting(ServerInfo::securityProtocol).containsExactly("SASL_SSL");
		assertThat(servers.of(Map.of("production", declared))).extracting(ServerInfo::securityProtocol)
			.containsExactly("SSL");
	}

	@Test
	void thoseOfTheConfigurationCountMore() {
		AsyncApiProperties.Server declared = new AsyncApiProperties.Server();
		declared.setHost("kafka.example:9094");
		declared.setSecurityProtocol("SSL");
		declared.setDescription("Production.");

		assertThat(
				new AsyncApiServers(Map.of("bootstrap.servers", "localhost:9092")).of(Map.of("production", declared)))
			.containsExactly(
					new ServerInfo("production", "kafka.example:9094", "SSL", null, false, "Production.", null));
	}

	private static List<ServerInfo> servers(Map<String, Object> consumer) {
		return new AsyncApiServers(consumer).of(Map.of());
	}

}
