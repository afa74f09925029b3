package dev.millrace.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

import dev.millrace.asyncapi.ServerInfo;

/**
 * Finds out the servers of the document from the settings of the consumers. Of those,
 * only what is named here is looked at, and nothing of it is a secret.
 */
final class AsyncApiServers {

	private static final List<String> CLIENT_CERTIFICATE = List.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
			SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG);

	private static final String SCHEMA_REGISTRY = "schema.registry.url";

	private final Map<String, Object> consumer;

	AsyncApiServers(Map<String, Object> consumer) {
		this.consumer = consumer;
	}

	List<ServerInfo> of(Map<String, AsyncApiProperties.Server> declared) {
		if (!declared.isEmpty()) {
			return declared.entrySet().stream().map((server) -> server(server.getKey(), server.getValue())).toList();
		}
		List<String> hosts = hosts(this.consumer.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
		List<ServerInfo> servers = new ArrayList<>();
		for (String host : hosts) {
			String name = (hosts.size() > 1) ? "kafka-" + (servers.size() + 1) : "kafka";
			servers.add(server(name, host, protocol(), null));
		}
		return servers;
	}

	private ServerInfo server(String name, AsyncApiProperties.Server declared) {
		String protocol = declared.getSecurityProtocol();
		return server(name, declared.getHost(), (protocol != null) ? protocol : protocol(), declared.getDescription());
	}

	private ServerInfo server(String name, String host, String protocol, @Nullable String description) {
		return new ServerInfo(name, host, protocol.toUpperCase(Locale.ROOT), text(SaslConfigs.SASL_MECHANISM),
				CLIENT_CERTIFICATE.stream().anyMatch(this.consumer::containsKey), description, registry());
	}

	private String protocol() {
		String protocol = text(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
		return (protocol != null) ? protocol : "PLAINTEXT";
	}

	// A URL may hold the name and password of a user.
	private @Nullable String registry() {
		String url = text(SCHEMA_REGISTRY);
		return (url != null) ? url.split(",")[0].strip().replaceFirst("//[^/]*@", "//").replaceFirst("[?#].*", "")
				: null;
	}

	private @Nullable String text(String name) {
		Object value = this.consumer.get(name);
		return (value != null) ? value.toString() : null;
	}

	private static List<String> hosts(@Nullable Object servers) {
		Stream<String> all = (servers instanceof Collection<?> several) ? several.stream().map(String::valueOf)
				: Arrays.stream((servers != null) ? servers.toString().split(",") : new String[0]);
		return all.map((server) -> server.strip().replaceFirst("^\\w+://", ""))
			.filter((server) -> !server.isEmpty())
			.toList();
	}

}
