package dev.millrace.autoconfigure;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;

import dev.millrace.asyncapi.ApplicationInfo;
import dev.millrace.asyncapi.DocumentSettings;
import dev.millrace.asyncapi.TopicLayout;

/**
 * Puts together what the configuration says for the AsyncAPI document.
 *
 * @param properties the properties
 * @param applicationName the name of the application, or {@code null}
 * @param build what is known about the build, or {@code null}
 * @param consumer the settings of the consumers
 */
record AsyncApiSettings(MillraceProperties properties, @Nullable String applicationName,
		@Nullable BuildProperties build, Map<String, Object> consumer) {

	private static final String UNKNOWN_TITLE = "Application";

	private static final String UNKNOWN_VERSION = "unversioned";

	DocumentSettings with(Stream<NewTopic> topics) {
		Map<String, TopicLayout> layouts = new TreeMap<>();
		topics.forEach((topic) -> layouts.put(topic.name(), layout(topic)));
		MillraceProperties.Topics defaults = this.properties.getTopics();
		Short replicas = defaults.getReplicas();
		AsyncApiProperties asyncApi = this.properties.getAsyncapi();
		return new DocumentSettings(application(asyncApi), new AsyncApiServers(this.consumer).of(asyncApi.getServers()),
				layouts,
				new TopicLayout(defaults.getPartitions(), (replicas != null) ? replicas.intValue() : null, Map.of()));
	}

	private ApplicationInfo application(AsyncApiProperties asyncApi) {
		AsyncApiProperties.Contact contact = asyncApi.getContact();
		AsyncApiProperties.License license = asyncApi.getLicense();
		String licenseName = license.getName();
		return new ApplicationInfo(asyncApi.getId(),
				first(UNKNOWN_TITLE, asyncApi.getTitle(), this.applicationName,
						(this.build != null) ? this.build.getName() : null),
				first(UNKNOWN_VERSION, asyncApi.getVersion(), (this.build != null) ? this.build.getVersion() : null),
				asyncApi.getDescription(), asyncApi.getTermsOfService(),
				new ApplicationInfo.Contact(contact.getName(), contact.getUrl(), contact.getEmail()),
				(licenseName != null) ? new ApplicationInfo.License(licenseName, license.getUrl()) : null,
				asyncApi.getTags(), asyncApi.getExternalDocs());
	}

	private static String first(String otherwise, @Nullable String... candidates) {
		for (String candidate : candidates) {
			if (candidate != null && !candidate.isBlank()) {
				return candidate;
			}
		}
		return otherwise;
	}

	private static TopicLayout layout(NewTopic topic) {
		Map<String, String> configuration = topic.configs();
		return new TopicLayout((topic.numPartitions() > 0) ? topic.numPartitions() : null,
				(topic.replicationFactor() > 0) ? (int) topic.replicationFactor() : null,
				(configuration != null) ? configuration : Map.of());
	}

}
