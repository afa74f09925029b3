package dev.millrace.dispatch;

import java.util.Map;

/**
 * A commit on its way to the broker and back.
 */
final class CommitModel {

	private final Commit commit;

	private final Map<EpochModel, Long> positions;

	private Boolean accepted;

	CommitModel(Commit commit, Map<EpochModel, Long> positions) {
		this.commit = commit;
		this.positions = positions;
	}

	/** The broker makes up its mind, once. */
	void arrive(boolean accept, EngineModel model) {
		if (this.accepted != null) {
			return;
		}
		this.accepted = accept;
		if (accept) {
			this.positions.forEach((epoch, position) -> model.committed(epoch.partition, position));
		}
	}

	/** The consumer gets to know. */
	boolean acknowledge() {
		if (this.accepted) {
			this.commit.succeeded();
			this.positions.forEach((epoch, position) -> {
				epoch.acknowledged = Math.max(epoch.acknowledged, position);
				epoch.acknowledgedByCommit = Math.max(epoch.acknowledgedByCommit, position);
			});
		}
		else {
			this.commit.failed();
			this.positions.keySet().forEach((epoch) -> epoch.requested = -1);
		}
		return this.accepted;
	}

	@Override
	public String toString() {
		return this.positions.toString();
	}

}
