package dev.millrace.test.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What consumers of a group have to do with each other.
 */
abstract class GroupSemantics {

	private static final String EAGER = "partition.assignment.strategy=org.apache.kafka.clients.consumer.RangeAssignor";

	private static final String STICKY = "partition.assignment.strategy=org.apache.kafka.clients.consumer.StickyAssignor";

	private static final String COOPERATIVE = "partition.assignment.strategy=org.apache.kafka.clients.consumer.CooperativeStickyAssignor";

	private static final String SERVER = "group.protocol=consumer";

	private final TestBroker broker;

	private final String group = TestBroker.newName("group");

	private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

	GroupSemantics(TestBroker broker) {
		this.broker = broker;
	}

	@ParameterizedTest
	@ValueSource(strings = { EAGER, COOPERATIVE, SERVER })
	void whatIsNotCommittedIsDeliveredAgain(String strategy) {
		String topic = this.broker.newTopic(1);
		this.broker.send(topic, "0", "1", "2", "3");
		TopicPartition partition = new TopicPartition(topic, 0);
		try (GroupTestMember member = member(strategy, topic)) {
			assertThat(TestBroker.values(this.broker.poll(member.consumer(), 4))).containsExactly("0", "1", "2", "3");
			member.consumer().commitSync(Map.of(partition, new OffsetAndMetadata(2)));
		}
		try (GroupTestMember member = member(strategy, topic)) {
			assertThat(TestBroker.values(this.broker.poll(member.consumer(), 2))).containsExactly("2", "3");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { EAGER, STICKY, COOPERATIVE, SERVER, "" })
	void partitionsAreSharedAndTakenOver(String strategy) {
		String topic = this.broker.newTopic(4);
		Set<TopicPartition> all = Set.copyOf(TestBroker.partitions(topic, 4));
		try (GroupTestMember first = member(strategy, topic)) {
			pollUntilOwned(first, 4);
			assertThat(first.consumer().assignment()).isEqualTo(all);
			try (GroupTestMember second = member(strategy, topic)) {
				pollUntilOwned(2, first, second);
				Set<TopicPartition> owned = new HashSet<>(first.consumer().assignment());
				assertThat(owned).doesNotContainAnyElementsOf(second.consumer().assignment());
				owned.addAll(second.consumer().assignment());
				assertThat(owned).isEqualTo(all);
				for (int partition = 0; partition < 4; partition++) {
					this.broker.send(new ProducerRecord<>(topic, partition, null, TestBroker.bytes("" + partition)));
				}
				this.broker.pollUntil(() -> this.records.size() >= 4, this.records, first.consumer(),
						second.consumer());
				assertThat(TestBroker.values(this.records)).containsExactlyInAnyOrder("0", "1", "2", "3");
			}
			pollUntilOwned(first, 4);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { EAGER, STICKY })
	void eagerMemberGivesEverythingBack(String strategy) {
		String topic = this.broker.newTopic(4);
		try (GroupTestMember first = member(strategy, topic)) {
			pollUntilOwned(first, 4);
			assertThat(first.events()).containsExactly("assigned 0123");
			try (GroupTestMember second = member(strategy, topic)) {
				pollUntilOwned(2, first, second);
				assertThat(first.events()).hasSize(3).startsWith("assigned 0123", "revoked 0123");
				assertThat(first.events().get(2)).isEqualTo("assigned " + first.owned());
				assertThat(second.events()).containsExactly("assigned " + second.owned());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { COOPERATIVE, SERVER })
	void cooperativeMemberGivesBackWhatOthersGet(String strategy) {
		String topic = this.broker.newTopic(4);
		try (GroupTestMember first = member(strategy, topic)) {
			pollUntilOwned(first, 4);
			try (GroupTestMember second = member(strategy, topic)) {
				pollUntilOwned(2, first, second);
				assertThat(first.events()).contains("revoked " + second.owned()).doesNotContain("revoked 0123");
				assertThat(second.events()).contains("assigned " + second.owned());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { EAGER, COOPERATIVE, SERVER })
	void closingRevokes(String strategy) {
		String topic = this.broker.newTopic(2);
		GroupTestMember member = member(strategy, topic);
		pollUntilOwned(member, 2);
		member.close();
		assertThat(member.events()).containsExactly("assigned 01", "revoked 01");
	}

	@Test
	void unsubscribingLeavesTheGroup() {
		String topic = this.broker.newTopic(2);
		try (GroupTestMember first = member(EAGER, topic); GroupTestMember second = member(EAGER, topic)) {
			pollUntilOwned(1, first, second);
			first.consumer().unsubscribe();
			assertThat(first.consumer().assignment()).isEmpty();
			pollUntilOwned(second, 2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { EAGER, COOPERATIVE })
	void patternMatchesTopicsThatComeLater(String strategy) {
		String prefix = TestBroker.newName("pattern");
		this.broker.create(prefix + "-a", 1, Map.of());
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer("group.id=" + this.group, strategy)) {
			consumer.subscribe(Pattern.compile(prefix + "-.*"));
			this.broker.pollUntil(() -> consumer.assignment().size() == 1, this.records, consumer);
			this.broker.create(prefix + "-b", 2, Map.of());
			this.broker.pollUntil(() -> consumer.assignment().size() == 3, this.records, consumer);
			this.broker.send(prefix + "-b", "b");
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("b");
			assertThat(consumer.subscription()).containsExactlyInAnyOrder(prefix + "-a", prefix + "-b");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { EAGER, COOPERATIVE, SERVER })
	void partitionsThatAreAddedAreAssigned(String strategy) {
		String topic = this.broker.newTopic(1);
		try (GroupTestMember member = member(strategy, topic)) {
			pollUntilOwned(member, 1);
			TestBroker.get(this.broker.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all());
			pollUntilOwned(member, 3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { EAGER, COOPERATIVE })
	void subscriptionCanChange(String strategy) {
		String topic = this.broker.newTopic(1);
		String other = this.broker.newTopic(2);
		try (GroupTestMember member = member(strategy, topic)) {
			pollUntilOwned(member, 1);
			member.consumer().subscribe(List.of(other), member);
			pollUntilOwned(member, 2);
			assertThat(member.consumer().assignment()).allMatch((partition) -> partition.topic().equals(other));
			assertThat(member.events()).containsExactly("assigned 0", "revoked 0", "assigned 01");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { EAGER, COOPERATIVE })
	void memberThatWasRemovedCannotCommit(String strategy) {
		String topic = this.broker.newTopic(1);
		this.broker.send(topic, "0", "1");
		TopicPartition partition = new TopicPartition(topic, 0);
		try (GroupTestMember member = member(strategy, topic)) {
			this.broker.poll(member.consumer(), 2);
			String memberId = member.consumer().groupMetadata().memberId();
			removeMembers();
			assertThatExceptionOfType(CommitFailedException.class).isThrownBy(member.consumer()::commitSync);
			this.broker.pollUntil(() -> member.events().size() == 3, this.records, member.consumer());
			assertThat(member.events()).containsExactly("assigned 0", "lost 0", "assigned 0");
			assertThat(member.consumer().groupMetadata().memberId()).isNotEqualTo(memberId);
			this.broker.pollUntil(() -> this.records.size() >= 2, this.records, member.consumer());
			assertThat(TestBroker.values(this.records)).containsExactly("0", "1");
			member.consumer().commitSync();
			assertThat(member.consumer().committed(Set.of(partition)).get(partition).offset()).isEqualTo(2);
		}
	}

	@Test
	void memberThatWasRemovedHearsOfItInTheCallbackOfItsCommit() {
		String topic = this.broker.newTopic(1);
		this.broker.send(topic, "0");
		try (GroupTestMember member = member(EAGER, topic)) {
			this.broker.poll(member.consumer(), 1);
			removeMembers();
			List<Exception> failures = new ArrayList<>();
			member.consumer().commitAsync((offsets, failure) -> failures.add(failure));
			this.broker.pollUntil(() -> !failures.isEmpty(), this.records, member.consumer());
			// Which of the two depends on who is first, the real client's heartbeat or
			// its
			// commit.
			assertThat(failures).singleElement()
				.isInstanceOfAny(CommitFailedException.class, RebalanceInProgressException.class);
		}
	}

	@Test
	void offsetsCanBeCommittedWhileTheyAreRevoked() {
		String topic = this.broker.newTopic(2);
		this.broker.send(topic, "0");
		List<Exception> failures = new ArrayList<>();
		Consumer<byte[], byte[]> consumer = this.broker.consumer("group.id=" + this.group, EAGER);
		consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {

			@Override
			public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
				try {
					consumer.commitSync();
				}
				catch (KafkaException ex) {
					failures.add(ex);
				}
			}

			@Override
			public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
			}

		});
		this.broker.poll(consumer, 1);
		try (GroupTestMember other = member(EAGER, topic)) {
			this.broker.pollUntil(() -> other.consumer().assignment().size() == 1 && consumer.assignment().size() == 1,
					this.records, consumer, other.consumer());
			assertThat(failures).isEmpty();
			TopicPartition partition = new TopicPartition(topic, 0);
			assertThat(other.consumer().committed(Set.of(partition)).get(partition).offset()).isEqualTo(1);
			consumer.close();
		}
		assertThat(failures).isEmpty();
	}

	@Test
	void failureOfListenerIsThrownByPoll() {
		String topic = this.broker.newTopic(1);
		List<Collection<TopicPartition>> calls = new ArrayList<>();
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer("group.id=" + this.group, EAGER)) {
			consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {

				@Override
				public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
				}

				@Override
				public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
					calls.add(Set.copyOf(partitions));
					if (calls.size() == 1) {
						throw new IllegalArgumentException("on purpose");
					}
				}

			});
			assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> this.broker.poll(consumer, 1))
				.withMessage("User rebalance callback throws an error")
				.withRootCauseInstanceOf(IllegalArgumentException.class);
			assertThat(consumer.assignment()).hasSize(1);
			this.broker.send(topic, "after");
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("after");
			// The consumer tries again what has failed, but has nothing new to tell.
			assertThat(calls).containsExactly(Set.of(new TopicPartition(topic, 0)), Set.of());
		}
	}

	@Test
	void outsiderCannotCommitWhileThereAreMembers() {
		String topic = this.broker.newTopic(1);
		try (GroupTestMember member = member(EAGER, topic);
				Consumer<byte[], byte[]> outsider = this.broker.consumer("group.id=" + this.group)) {
			pollUntilOwned(member, 1);
			outsider.assign(TestBroker.partitions(topic, 1));
			assertThatExceptionOfType(CommitFailedException.class)
				.isThrownBy(() -> outsider.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0))));
		}
	}

	@Test
	void staticMemberComesBackWithoutRebalance() {
		String topic = this.broker.newTopic(2);
		try (GroupTestMember other = member(EAGER, topic, "group.instance.id=other")) {
			GroupTestMember member = member(EAGER, topic, "group.instance.id=static");
			pollUntilOwned(1, other, member);
			String owned = member.owned();
			List<String> events = List.copyOf(other.events());
			member.close();
			try (GroupTestMember again = member(EAGER, topic, "group.instance.id=static")) {
				this.broker.pollUntil(() -> !again.consumer().assignment().isEmpty(), this.records, again.consumer(),
						other.consumer());
				assertThat(again.owned()).isEqualTo(owned);
				assertThat(other.events()).isEqualTo(events);
			}
		}
		// Static members are still there.
		removeMembers();
	}

	@Test
	void staticMemberIsFencedByItsSuccessor() {
		String topic = this.broker.newTopic(1);
		// A real client's heartbeat would see it first now and then, and the commit then
		// fails as after any rebalance.
		try (GroupTestMember first = member(EAGER, topic, "group.instance.id=static", "heartbeat.interval.ms=30000")) {
			pollUntilOwned(first, 1);
			try (GroupTestMember second = member(EAGER, topic, "group.instance.id=static")) {
				pollUntilOwned(second, 1);
				assertThatExceptionOfType(FencedInstanceIdException.class).isThrownBy(() -> first.consumer()
					.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0))));
			}
		}
	}

	@Test
	void enforcedRebalanceStartsNewGeneration() {
		String topic = this.broker.newTopic(1);
		try (GroupTestMember member = member(EAGER, topic)) {
			pollUntilOwned(member, 1);
			int generation = member.consumer().groupMetadata().generationId();
			member.consumer().enforceRebalance();
			this.broker.pollUntil(() -> member.events().size() == 3, this.records, member.consumer());
			assertThat(member.events()).containsExactly("assigned 0", "revoked 0", "assigned 0");
			assertThat(member.consumer().groupMetadata().generationId()).isEqualTo(generation + 1);
		}
	}

	@Test
	void positionsSurviveCooperativeRebalance() {
		String topic = this.broker.newTopic(2);
		try (GroupTestMember first = member(COOPERATIVE, topic)) {
			pollUntilOwned(first, 2);
			this.broker.send(topic, "0", "1");
			this.broker.poll(first.consumer(), 2);
			try (GroupTestMember second = member(COOPERATIVE, topic)) {
				pollUntilOwned(1, first, second);
				TopicPartition kept = first.consumer().assignment().iterator().next();
				assertThat(first.consumer().position(kept)).isEqualTo((kept.partition() == 0) ? 2 : 0);
			}
		}
	}

	private void removeMembers() {
		TestBroker.get(this.broker.admin()
			.removeMembersFromConsumerGroup(this.group, new RemoveMembersFromConsumerGroupOptions())
			.all());
	}

	private GroupTestMember member(String strategy, String topic, String... properties) {
		List<String> all = new ArrayList<>(List.of("group.id=" + this.group));
		all.addAll(List.of(properties));
		if (!strategy.isEmpty()) {
			all.add(strategy);
		}
		return new GroupTestMember(this.broker.consumer(all.toArray(String[]::new)), topic);
	}

	private void pollUntilOwned(GroupTestMember member, int count) {
		this.broker.pollUntil(() -> member.owns(count), this.records, member.consumer());
	}

	private void pollUntilOwned(int count, GroupTestMember first, GroupTestMember second) {
		this.broker.pollUntil(() -> first.owns(count) && second.owns(count), this.records, first.consumer(),
				second.consumer());
	}

}
