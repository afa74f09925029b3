package dev.millrace.test.broker;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.AlterConfigsResult;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidRequestException;

/**
 * The methods of an admin client that are about configuration.
 */
final class ConfigAdmin {

	private final BrokerState broker;

	private final AdminReplies replies;

	ConfigAdmin(BrokerState broker, AdminReplies replies) {
		this.broker = broker;
		this.replies = replies;
	}

	DescribeConfigsResult describeConfigs(Collection<ConfigResource> resources, DescribeConfigsOptions options) {
		return this.replies.result(DescribeConfigsResult.class, this.replies.futures(resources, this::describe));
	}

	AlterConfigsResult incrementalAlterConfigs(Map<ConfigResource, Collection<AlterConfigOp>> configs,
			AlterConfigsOptions options) {
		return this.replies.result(AlterConfigsResult.class, this.replies.actions(configs,
				(resource, changes) -> changes.forEach((change) -> alter(resource, change))));
	}

	private Config describe(ConfigResource resource) {
		return switch (resource.type()) {
			case TOPIC -> TopicConfiguration.describe(this.broker.topics().get(resource.name()));
			case BROKER -> new Config(List.of(
					TopicConfiguration.entry("num.partitions", "" + this.broker.topics().defaultPartitions(),
							ConfigSource.STATIC_BROKER_CONFIG),
					TopicConfiguration.entry("auto.create.topics.enable", "" + this.broker.topics().isAutoCreate(),
							ConfigSource.STATIC_BROKER_CONFIG)));
			default -> throw unsupported(resource);
		};
	}

	private void alter(ConfigResource resource, AlterConfigOp change) {
		if (resource.type() != ConfigResource.Type.TOPIC) {
			throw unsupported(resource);
		}
		Map<String, String> configuration = this.broker.topics().get(resource.name()).configuration();
		String name = change.configEntry().name();
		String value = change.configEntry().value();
		switch (change.opType()) {
			case SET -> configuration.put(name, value);
			case DELETE -> configuration.remove(name);
			case APPEND -> configuration.merge(name, value, (before, added) -> before + "," + added);
			case SUBTRACT -> configuration.computeIfPresent(name, (key, before) -> String.join(",",
					List.of(before.split(",")).stream().filter((item) -> !item.equals(value)).toList()));
		}
	}

	private static InvalidRequestException unsupported(ConfigResource resource) {
		return new InvalidRequestException("The in-memory broker has no configuration of " + resource);
	}

}
