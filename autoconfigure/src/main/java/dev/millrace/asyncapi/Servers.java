package dev.millrace.asyncapi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Servers, and how clients show who they are. Nothing that has to be kept secret is known
 * here.
 *
 * @see <a href=
 * "https://www.asyncapi.com/docs/reference/specification/v3.0.0#serverObject">Server
 * Object</a>
 * @see <a href=
 * "https://www.asyncapi.com/docs/reference/specification/v3.0.0#securitySchemeObject">Security
 * Scheme Object</a>
 */
final class Servers {

	private static final Map<String, String> MECHANISMS = Map.of("PLAIN", "plain", "SCRAM-SHA-256", "scramSha256",
			"SCRAM-SHA-512", "scramSha512", "GSSAPI", "gssapi");

	private final ObjectNode servers = Json.object();

	private final ObjectNode schemes = Json.object();

	Servers(List<ServerInfo> servers) {
		servers.forEach(this::add);
	}

	ObjectNode servers() {
		return this.servers;
	}

	ObjectNode securitySchemes() {
		return this.schemes;
	}

	private void add(ServerInfo server) {
		String protocol = server.securityProtocol();
		boolean secure = protocol.endsWith("SSL");
		List<ObjectNode> security = Stream
			.of(protocol.startsWith("SASL") ? sasl(server.saslMechanism()) : null,
					(secure && server.clientCertificate()) ? certificate() : null)
			.filter(Objects::nonNull)
			.map((name) -> Json.reference("components", "securitySchemes", name))
			.toList();
		this.servers.set(Identifiers.of(server.name()),
				new Json().text("host", server.host())
					.text("protocol", secure ? "kafka-secure" : "kafka")
					.text("description", server.description())
					.objects("security", security)
					.object("bindings",
							(server.schemaRegistryUrl() != null) ? Bindings.server(server.schemaRegistryUrl()) : null)
					.build());
	}

	private String sasl(@Nullable String mechanism) {
		String known = (mechanism != null) ? mechanism : "GSSAPI";
		String type = MECHANISMS.get(known);
		ObjectNode scheme = this.schemes.putObject(Identifiers.of(known));
		if (type != null) {
			scheme.put("type", type);
		}
		else {
			// Where tokens come from is the clients' affair.
			scheme.put("type", "http").put("scheme", "bearer");
		}
		scheme.put("description", "SASL mechanism " + known + ".");
		return Identifiers.of(known);
	}

	private String certificate() {
		this.schemes.putObject("certificate").put("type", "X509").put("description", "Certificate of the client.");
		return "certificate";
	}

}
