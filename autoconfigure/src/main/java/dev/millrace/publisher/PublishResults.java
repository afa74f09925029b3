package dev.millrace.publisher;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import dev.millrace.PublishException;
import dev.millrace.PublishResult;

/**
 * What becomes of several records, for whoever has published them.
 */
final class PublishResults {

	private static final int NAMED = 10;

	private PublishResults() {
	}

	static CompletableFuture<List<PublishResult>> of(String topic, List<CompletableFuture<PublishResult>> results) {
		CompletableFuture<List<PublishResult>> all = new CompletableFuture<>();
		CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).whenComplete((ignored, failure) -> {
			if (failure != null) {
				all.completeExceptionally(failure(topic, results));
			}
			else {
				all.complete(results.stream().map(CompletableFuture::join).toList());
			}
		});
		return all;
	}

	/**
	 * Return what becomes of one record.
	 * @param topic its topic
	 * @param results what becomes of the records that take its place
	 * @return completes with the first result when all of them are confirmed; with no
	 * partition and no offset when there is none
	 */
	static CompletableFuture<PublishResult> ofOne(String topic, List<CompletableFuture<PublishResult>> results) {
		if (results.isEmpty()) {
			return CompletableFuture.completedFuture(new PublishResult(topic, -1, -1));
		}
		CompletableFuture<PublishResult> first = results.get(0);
		return (results.size() == 1) ? first
				: CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).thenCompose((ignored) -> first);
	}

	private static PublishException failure(String topic, List<CompletableFuture<PublishResult>> results) {
		Map<Integer, Throwable> failures = new TreeMap<>();
		for (int i = 0; i < results.size(); i++) {
			int number = i;
			results.get(i).whenComplete((result, failure) -> {
				if (failure != null) {
					failures.put(number, failure);
				}
			});
		}
		String numbers = String.join(", ", failures.keySet().stream().limit(NAMED).map(String::valueOf).toList());
		return new PublishException("%d of %d records were not published to '%s': numbers %s%s"
			.formatted(failures.size(), results.size(), topic, numbers, (failures.size() > NAMED) ? " and more" : ""),
				new LinkedHashMap<>(failures));
	}

}
