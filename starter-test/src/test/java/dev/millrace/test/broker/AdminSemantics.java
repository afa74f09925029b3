package dev.millrace.test.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What an admin client does and finds out.
 */
abstract class AdminSemantics {

	private final TestBroker broker;

	private final Admin admin;

	private final String group = TestBroker.newName("group");

	AdminSemantics(TestBroker broker) {
		this.broker = broker;
		this.admin = broker.admin();
	}

	@Test
	void topicsComeAndGo() {
		String topic = this.broker.newTopic(2);
		assertThat(TestBroker.get(this.admin.listTopics().names())).contains(topic);
		TopicDescription description = describe(topic);
		assertThat(description.partitions()).hasSize(2)
			.allSatisfy((partition) -> assertThat(partition.leader()).isNotNull());
		assertThatExceptionOfType(TopicExistsException.class).isThrownBy(
				() -> TestBroker.get(this.admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all()));
		TestBroker.get(this.admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all());
		await().until(() -> describe(topic).partitions().size() == 3);
		assertThatExceptionOfType(InvalidPartitionsException.class).isThrownBy(
				() -> TestBroker.get(this.admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all()));
		TestBroker.get(this.admin.deleteTopics(List.of(topic)).all());
		await().untilAsserted(() -> assertThat(TestBroker.get(this.admin.listTopics().names())).doesNotContain(topic));
		assertThatExceptionOfType(UnknownTopicOrPartitionException.class).isThrownBy(() -> describe(topic));
	}

	@Test
	void topicsAreConfigured() {
		String topic = TestBroker.newName("topic");
		this.broker.create(topic, 1, Map.of("retention.ms", "1000"));
		ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
		assertThat(configuration(resource, "retention.ms")).isEqualTo("1000");
		assertThat(configuration(resource, "cleanup.policy")).isEqualTo("delete");
		TestBroker
			.get(this.admin
				.incrementalAlterConfigs(Map.of(resource,
						List.of(new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact"),
								AlterConfigOp.OpType.SET),
								new AlterConfigOp(new ConfigEntry("retention.ms", ""), AlterConfigOp.OpType.DELETE))))
				.all());
		await().untilAsserted(() -> assertThat(configuration(resource, "cleanup.policy")).isEqualTo("compact"));
		assertThat(configuration(resource, "retention.ms")).isEqualTo("-1");
	}

	@Test
	void offsetsOfPartitionsAreFound() {
		String topic = this.broker.newTopic(1);
		TopicPartition partition = new TopicPartition(topic, 0);
		long before = System.currentTimeMillis() - 10_000;
		this.broker.send(topic, "0", "1");
		assertThat(offset(partition, OffsetSpec.earliest())).isZero();
		assertThat(offset(partition, OffsetSpec.latest())).isEqualTo(2);
		assertThat(offset(partition, OffsetSpec.forTimestamp(before))).isZero();
		assertThat(offset(partition, OffsetSpec.forTimestamp(before + 3_600_000))).isEqualTo(-1);
	}

	@Test
	void offsetsOfGroupsAreReadAndChanged() {
		String topic = this.broker.newTopic(2);
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer("group.id=" + this.group)) {
			consumer.assign(List.of(partition));
			consumer.commitSync(Map.of(partition, new OffsetAndMetadata(3, "seen")));
		}
		assertThat(offsets()).containsOnlyKeys(partition).containsEntry(partition, new OffsetAndMetadata(3, "seen"));
		TestBroker
			.get(this.admin.alterConsumerGroupOffsets(this.group, Map.of(partition, new OffsetAndMetadata(1))).all());
		assertThat(offsets().get(partition).offset()).isEqualTo(1);
		TestBroker.get(this.admin.deleteConsumerGroupOffsets(this.group, Set.of(partition)).all());
		assertThat(offsets()).isEmpty();
	}

	@Test
	void groupsAreDescribed() {
		String topic = this.broker.newTopic(2);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer("group.id=" + this.group, "client.id=member")) {
			consumer.subscribe(List.of(topic));
			this.broker.pollUntil(() -> consumer.assignment().size() == 2, new ArrayList<>(), consumer);
			ConsumerGroupDescription description = description();
			assertThat(description.groupState()).isEqualTo(GroupState.STABLE);
			assertThat(description.partitionAssignor()).isEqualTo("range");
			assertThat(description.members()).singleElement().satisfies((member) -> {
				assertThat(member.clientId()).isEqualTo("member");
				assertThat(member.consumerId()).isEqualTo(consumer.groupMetadata().memberId());
				assertThat(member.assignment().topicPartitions())
					.containsExactlyInAnyOrderElementsOf(TestBroker.partitions(topic, 2));
			});
			assertThat(TestBroker.get(this.admin.listGroups().all()))
				.anyMatch((listing) -> listing.groupId().equals(this.group));
			assertThatExceptionOfType(GroupNotEmptyException.class)
				.isThrownBy(() -> TestBroker.get(this.admin.deleteConsumerGroups(List.of(this.group)).all()));
			consumer.close(CloseOptions.timeout(Duration.ofSeconds(10)));
		}
		await().untilAsserted(() -> assertThat(description().groupState()).isEqualTo(GroupState.EMPTY));
		TestBroker.get(this.admin.deleteConsumerGroups(List.of(this.group)).all());
	}

	@Test
	void clusterIsDescribed() {
		assertThat(TestBroker.get(this.admin.describeCluster().nodes())).hasSize(1);
		assertThat(TestBroker.get(this.admin.describeCluster().clusterId())).isNotEmpty();
	}

	private TopicDescription describe(String topic) {
		return TestBroker.get(this.admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
	}

	private String configuration(ConfigResource resource, String name) {
		return TestBroker.get(this.admin.describeConfigs(List.of(resource)).all()).get(resource).get(name).value();
	}

	private long offset(TopicPartition partition, OffsetSpec spec) {
		return TestBroker.get(this.admin.listOffsets(Map.of(partition, spec)).partitionResult(partition)).offset();
	}

	private Map<TopicPartition, OffsetAndMetadata> offsets() {
		return TestBroker.get(this.admin.listConsumerGroupOffsets(this.group).partitionsToOffsetAndMetadata());
	}

	private ConsumerGroupDescription description() {
		return TestBroker.get(this.admin.describeConsumerGroups(List.of(this.group)).all()).get(this.group);
	}

}
