package dev.millrace.broker;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cluster of broker processes on this machine, each of them broker and controller. Topics
 * get one replica per node, three at most; with three nodes or more everything, the
 * internal topics included, goes on when one node fails. Thread-safe.
 */
public final class BrokerCluster implements AutoCloseable {

	private final List<BrokerProcess> nodes;

	private BrokerCluster(List<BrokerProcess> nodes) {
		this.nodes = List.copyOf(nodes);
	}

	/**
	 * Starts a cluster on free ports and waits until all nodes serve.
	 * @param nodes the number of nodes
	 * @return the running cluster, with temporary data
	 * @throws BrokerStartException if a node does not start; none runs then
	 */
	public static BrokerCluster start(int nodes) {
		return start(nodes, BrokerSettings.defaults());
	}

	/**
	 * Starts a cluster on free ports and waits until all nodes serve.
	 * @param nodes the number of nodes
	 * @param settings the partitions and the properties of all nodes; ports, ids and
	 * directory are not used
	 * @return the running cluster, with temporary data
	 * @throws BrokerStartException if a node does not start; none runs then
	 */
	public static BrokerCluster start(int nodes, BrokerSettings settings) {
		List<Integer> controllerPorts = freePorts(nodes);
		String voters = voters(controllerPorts);
		BrokerSettings shared = settings.withPort(0).withDataDirectory(null);
		List<BrokerProcess> started = new ArrayList<>();
		try {
			for (int index = 0; index < nodes; index++) {
				started.add(BrokerProcess.launched(shared.withNode(index + 1, controllerPorts.get(index), voters)));
			}
			started.forEach(BrokerProcess::awaitReady);
			return new BrokerCluster(started);
		}
		catch (RuntimeException ex) {
			started.forEach(BrokerProcess::close);
			throw ex;
		}
	}

	/**
	 * Addresses of all nodes for {@code bootstrap.servers} of clients.
	 * @return the hosts and ports, separated by commas
	 */
	public String bootstrapServers() {
		return this.nodes.stream().map(BrokerProcess::bootstrapServers).collect(Collectors.joining(","));
	}

	/**
	 * One node, to kill or restart it.
	 * @param id the node id as Kafka reports it, from 1
	 * @return the node
	 */
	public BrokerProcess node(int id) {
		return this.nodes.get(id - 1);
	}

	/**
	 * All nodes.
	 * @return the nodes in the order of their ids
	 */
	public List<BrokerProcess> nodes() {
		return this.nodes;
	}

	/**
	 * Kills all nodes and deletes their data.
	 */
	@Override
	public void close() {
		this.nodes.forEach(BrokerProcess::close);
	}

	private static List<Integer> freePorts(int count) {
		Set<Integer> ports = new LinkedHashSet<>();
		while (ports.size() < count) {
			ports.add(LocalPort.free());
		}
		return List.copyOf(ports);
	}

	private static String voters(List<Integer> controllerPorts) {
		List<String> voters = new ArrayList<>();
		for (int index = 0; index < controllerPorts.size(); index++) {
			voters.add("%d@%s:%d".formatted(index + 1, BrokerConfiguration.HOST, controllerPorts.get(index)));
		}
		return String.join(",", voters);
	}

}
