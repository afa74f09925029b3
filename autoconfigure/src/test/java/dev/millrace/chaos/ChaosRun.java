package dev.millrace.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionTimeoutException;

import dev.millrace.support.TestCluster;

import static org.awaitility.Awaitility.await;

/**
 * One run: records flow, disturbances come one after another, and when everything has
 * been handled the oracle judges.
 */
final class ChaosRun {

	private final Plan plan;

	private final Duration patience;

	private final ChaosReport report;

	ChaosRun(Plan plan) {
		this.plan = plan;
		this.patience = plan.duration().multipliedBy(2).plusMinutes(2);
		this.report = new ChaosReport(plan);
	}

	Verdict run(Path directory) {
		try (ChaosCluster cluster = ChaosCluster.start()) {
			String in = cluster.newTopic("chaos-in");
			String out = cluster.newTopic("chaos-out");
			try (Applications applications = new Applications(directory, cluster.bootstrapServers(), in, out,
					this.plan);
					SequenceProducer producer = new SequenceProducer(cluster.bootstrapServers(), in, this.plan)) {
				for (int i = 0; i < Plan.APPLICATIONS; i++) {
					applications.start();
				}
				applications.awaitReady();
				this.report.begin();
				disturb(cluster, applications, producer);
				drain(cluster, applications, producer, in);
				Evidence evidence = evidence(cluster, applications, in, out);
				Verdict verdict = Oracle.judge(evidence);
				this.report.end(evidence, verdict);
				return verdict;
			}
		}
	}

	private void disturb(ChaosCluster cluster, Applications applications, SequenceProducer producer) {
		List<Disturbance> disturbances = Scenario.of(this.plan);
		long shares = disturbances.size() + 1;
		for (int i = 0; i < disturbances.size(); i++) {
			long due = (long) this.plan.records() * (i + 1) / shares;
			// Ahead of the next one, so that there is something to do while this one
			// happens
			producer.allow(Math.min(this.plan.records(), (long) this.plan.records() * (i + 3) / shares));
			await().atMost(this.patience).until(() -> producer.sent() >= due);
			this.report.disturbance(disturbances.get(i), execute(disturbances.get(i), cluster, applications));
		}
	}

	private static String execute(Disturbance disturbance, ChaosCluster cluster, Applications applications) {
		return switch (disturbance.kind()) {
			case KILL_BROKER -> cluster.killBroker(disturbance.draw());
			case GROW -> applications.start().instance();
			case ROLLING_RESTART -> {
				applications.restartAll();
				yield "all";
			}
			default -> {
				ApplicationProcess target = applications.choose(disturbance.draw());
				switch (disturbance.kind()) {
					case PAUSE_APPLICATION -> target.pause(disturbance.length());
					case KILL_APPLICATION -> applications.kill(target);
					default -> applications.stop(target);
				}
				if (disturbance.kind() == Disturbance.Kind.KILL_APPLICATION
						|| disturbance.kind() == Disturbance.Kind.STOP_APPLICATION) {
					applications.start();
				}
				yield target.instance();
			}
		};
	}

	private void drain(ChaosCluster cluster, Applications applications, SequenceProducer producer, String in) {
		await().atMost(this.patience).until(() -> producer.sent() >= this.plan.records());
		cluster.awaitRecovery();
		producer.flush();
		Map<Integer, Long> ends = cluster.ends(in);
		try {
			await().atMost(this.patience)
				.ignoreExceptions()
				.until(() -> cluster.committed(ChaosApplication.GROUP, in).equals(ends));
		}
		catch (ConditionTimeoutException ex) {
			// The oracle says it better: which partition is not committed, what is lost.
		}
		applications.stopAll();
	}

	private Evidence evidence(ChaosCluster cluster, Applications applications, String in, String out) {
		Input input = new Input(this.plan.ordering());
		for (ConsumerRecord<byte[], byte[]> record : cluster.client().read(in)) {
			input.add(new RecordId(record.partition(), record.offset()), TestCluster.text(record.value()));
		}
		Map<RecordId, Integer> replies = new HashMap<>();
		for (ConsumerRecord<byte[], byte[]> record : cluster.client().read(out)) {
			String[] words = TestCluster.text(record.value()).split(" ");
			replies.merge(new RecordId(Integer.parseInt(words[0]), Long.parseLong(words[1])), 1, Integer::sum);
		}
		History history = new History(applications.all().stream().map(ApplicationProcess::life).toList());
		return new Evidence(input, history, chronicle(cluster, applications), replies, cluster.ends(in),
				cluster.committed(ChaosApplication.GROUP, in), this.plan.exactlyOnce());
	}

	private static Chronicle chronicle(ChaosCluster cluster, Applications applications) {
		Map<String, Long> kills = new HashMap<>();
		Map<String, Long> exits = new HashMap<>();
		Map<String, List<Interval>> pauses = new HashMap<>();
		for (ApplicationProcess application : applications.all()) {
			pauses.put(application.instance(), application.pauses());
			exits.put(application.instance(), application.exited());
			if (application.killed() != null) {
				kills.put(application.instance(), application.killed());
			}
		}
		return new Chronicle(kills, exits, pauses, cluster.outages(), Plan.SESSION, Plan.DRAIN);
	}

}
