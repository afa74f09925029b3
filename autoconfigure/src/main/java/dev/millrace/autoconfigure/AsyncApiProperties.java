package dev.millrace.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Configuration properties of the AsyncAPI document.
 */
public class AsyncApiProperties {

	/**
	 * Whether a web application serves the document. By default it does as long as it
	 * runs from the class files of a build or an IDE.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Path of the document, to which '.json' and '.yaml' are added.
	 */
	private String path = "/millrace/asyncapi";

	/**
	 * Identifier of the application, a URI.
	 */
	private @Nullable String id;

	/**
	 * Title of the document. By default the name of the application.
	 */
	private @Nullable String title;

	/**
	 * Version of the API. By default that of the build.
	 */
	private @Nullable String version;

	/**
	 * What the application is there for, in CommonMark.
	 */
	private @Nullable String description;

	/**
	 * URL of the terms of service.
	 */
	private @Nullable String termsOfService;

	/**
	 * Tags of the application.
	 */
	private List<String> tags = new ArrayList<>();

	/**
	 * URL of further documentation.
	 */
	private @Nullable String externalDocs;

	private final Contact contact = new Contact();

	private final License license = new License();

	/**
	 * Servers by their names. By default those that the consumers connect to.
	 */
	private final Map<String, Server> servers = new LinkedHashMap<>();

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public String getPath() {
		return this.path;
	}

	public void setPath(String path) {
		this.path = path;
	}

	public @Nullable String getId() {
		return this.id;
	}

	public void setId(@Nullable String id) {
		this.id = id;
	}

	public @Nullable String getTitle() {
		return this.title;
	}

	public void setTitle(@Nullable String title) {
		this.title = title;
	}

	public @Nullable String getVersion() {
		return this.version;
	}

	public void setVersion(@Nullable String version) {
		this.version = version;
	}

	public @Nullable String getDescription() {
		return this.description;
	}

	public void setDescription(@Nullable String description) {
		this.description = description;
	}

	public @Nullable String getTermsOfService() {
		return this.termsOfService;
	}

	public void setTermsOfService(@Nullable String termsOfService) {
		this.termsOfService = termsOfService;
	}

	public List<String> getTags() {
		return this.tags;
	}

	public void setTags(List<String> tags) {
		this.tags = tags;
	}

	public @Nullable String getExternalDocs() {
		return this.externalDocs;
	}

	public void setExternalDocs(@Nullable String externalDocs) {
		this.externalDocs = externalDocs;
	}

	public Contact getContact() {
		return this.contact;
	}

	public License getLicense() {
		return this.license;
	}

	public Map<String, Server> getServers() {
		return this.servers;
	}

	/**
	 * Whom to ask about the API.
	 */
	public static class Contact {

		/**
		 * Name of the person or team.
		 */
		private @Nullable String name;

		/**
		 * URL of their page.
		 */
		private @Nullable String url;

		/**
		 * Email address.
		 */
		private @Nullable String email;

		public @Nullable String getName() {
			return this.name;
		}

		public void setName(@Nullable String name) {
			this.name = name;
		}

		public @Nullable String getUrl() {
			return this.url;
		}

		public void setUrl(@Nullable String url) {
			this.url = url;
		}

		public @Nullable String getEmail() {
			return this.email;
		}

		public void setEmail(@Nullable String email) {
			this.email = email;
		}

	}

	/**
	 * License of the API.
	 */
	public static class License {

		/**
		 * Name of the license.
		 */
		private @Nullable String name;

		/**
		 * URL of the license.
		 */
		private @Nullable String url;

		public @Nullable String getName() {
			return this.name;
		}

		public void setName(@Nullable String name) {
			this.name = name;
		}

		public @Nullable String getUrl() {
			return this.url;
		}

		public void setUrl(@Nullable String url) {
			this.url = url;
		}

	}

	/**
	 * Server that others are to connect to.
	 */
	public static class Server {

		/**
		 * Host, with the port.
		 */
		private String host = "";

		/**
		 * Kafka's security protocol. By default that of the consumers.
		 */
		private @Nullable String securityProtocol;

		/**
		 * What the server is there for.
		 */
		private @Nullable String description;

		public String getHost() {
			return this.host;
		}

		public void setHost(String host) {
			this.host = host;
		}

		public @Nullable String getSecurityProtocol() {
			return this.securityProtocol;
		}

		public void setSecurityProtocol(@Nullable String securityProtocol) {
			this.securityProtocol = securityProtocol;
		}

		public @Nullable String getDescription() {
			return this.description;
		}

		public void setDescription(@Nullable String description) {
			this.description = description;
		}

	}

}
