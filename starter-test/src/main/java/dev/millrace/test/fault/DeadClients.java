package dev.millrace.test.fault;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;

/**
 * Has a broker do at once what it does about clients that it has not heard of for
 * {@code session.timeout.ms} and {@code transaction.timeout.ms}: those leave their
 * groups, and their transactions are aborted.
 */
public final class DeadClients {

	private final Admin admin;

	/**
	 * Create what asks a broker.
	 * @param admin the client
	 */
	public DeadClients(Admin admin) {
		this.admin = admin;
	}

	void remove(Collection<String> groupIds) {
		Set<String> known = new HashSet<>();
		get(this.admin.listGroups().all()).forEach((group) -> known.add(group.groupId()));
		// Where retries wait in a topic, another group reads it.
		groupIds.stream()
			.flatMap((groupId) -> Stream.of(groupId, groupId + ".retry"))
			.distinct()
			.filter(known::contains)
			.forEach(this::removeMembers);
		Set<String> transactional = new HashSet<>();
		get(this.admin.listTransactions(new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING)))
			.all()).forEach((transaction) -> transactional.add(transaction.transactionalId()));
		if (!transactional.isEmpty()) {
			get(this.admin.fenceProducers(transactional).all());
		}
	}

	private void removeMembers(String groupId) {
		boolean empty = get(this.admin.describeConsumerGroups(List.of(groupId)).all()).values()
			.stream()
			.allMatch((group) -> group.members().isEmpty());
		if (!empty) {
			get(this.admin.removeMembersFromConsumerGroup(groupId, new RemoveMembersFromConsumerGroupOptions()).all());
		}
	}

	private static <T> T get(KafkaFuture<T> future) {
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the broker", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("The broker can't do without the clients that have crashed", ex.getCause());
		}
	}

}
