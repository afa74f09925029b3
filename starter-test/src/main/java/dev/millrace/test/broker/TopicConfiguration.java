package dev.millrace.test.broker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigType;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a topic is configured to. The broker looks at the type of timestamps and at the
 * size of records only; the rest is kept and shown.
 */
final class TopicConfiguration {

	private static final Map<String, String> DEFAULTS = Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, "delete",
			TopicConfig.RETENTION_MS_CONFIG, "-1", TopicConfig.RETENTION_BYTES_CONFIG, "-1",
			TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1048588", TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime",
			TopicConfig.COMPRESSION_TYPE_CONFIG, "producer", TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "1");

	private TopicConfiguration() {
	}

	static Config describe(StoredTopic topic) {
		Map<String, ConfigEntry> entries = new TreeMap<>();
		DEFAULTS.forEach((name, value) -> entries.put(name, entry(name, value, ConfigSource.DEFAULT_CONFIG)));
		topic.configuration()
			.forEach((name, value) -> entries.put(name, entry(name, value, ConfigSource.DYNAMIC_TOPIC_CONFIG)));
		return new Config(entries.values());
	}

	static ConfigEntry entry(String name, String value, ConfigSource source) {
		return new ConfigEntry(name, value, source, false, false, List.of(), ConfigType.UNKNOWN, null);
	}

}
