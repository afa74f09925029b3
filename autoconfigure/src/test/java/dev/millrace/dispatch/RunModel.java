package dev.millrace.dispatch;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One call of the handler, until its lanes go on.
 */
final class RunModel {

	final List<RecordModel> records;

	/** What holds the lanes without a thread. */
	CompletableFuture<Void> stage;

	RunModel(List<RecordModel> records) {
		this.records = records;
	}

	void over() {
		this.records.forEach((record) -> record.run = null);
	}

	@Override
	public String toString() {
		return (this.records.size() == 1) ? this.records.get(0).toString() : this.records.toString();
	}

}
