package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ObjectUtils;

import dev.millrace.AckRecord;
import dev.millrace.BatchResult;
import dev.millrace.SkipRecord;
import dev.millrace.StreamRecord;
import dev.millrace.dispatch.BatchHandler;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.failure.FailureHandler;
import dev.millrace.handler.BatchCall;
import dev.millrace.handler.BatchInvoker;
import dev.millrace.handler.Deliveries;
import dev.millrace.handler.Delivery;
import dev.millrace.handler.ResultUnwrapper;
import dev.millrace.publisher.PendingSends;
import dev.millrace.publisher.RecordScope;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.RecordSender;
import dev.millrace.publisher.ReplyPublisher;

/**
 * What happens to each batch of a subscriber, in this order and nowhere else: ask the
 * filter about each record, decode, bind and validate each, call the handler once with
 * those of which that was possible, find out what became of each, and complete each by
 * itself, as {@link RecordCompletion} does.
 */
final class BatchProcessor implements BatchHandler {

	private final Deliveries deliveries;

	private final HandlerRoutes<BatchInvoker> routes;

	private final RecordScopes scopes;

	private final Completions completions;

	/**
	 * Create the processor of a subscriber.
	 * @param deliveries make deliveries of records
	 * @param routes the handler, as the only one
	 * @param scopes take what the handler publishes by itself
	 * @param completions complete records
	 */
	BatchProcessor(Deliveries deliveries, HandlerRoutes<BatchInvoker> routes, RecordScopes scopes,
			Completions completions) {
		this.deliveries = deliveries;
		this.routes = routes;
		this.scopes = scopes;
		this.completions = completions;
	}

	@Override
	public @Nullable CompletionStage<?> handleBatch(List<InFlightRecord> batch) {
		List<Member> members = new ArrayList<>(batch.size());
		HandlerRoute<BatchInvoker> route = select(batch, members);
		return (route != null) ? call(route, members) : null;
	}

	private @Nullable HandlerRoute<BatchInvoker> select(List<InFlightRecord> batch, List<Member> members) {
		HandlerRoute<BatchInvoker> selected = null;
		for (InFlightRecord record : batch) {
			Member member = new Member(record, this.deliveries.of(record.record(), record.attempt()));
			try {
				selected = this.routes.select(member.delivery());
				members.add(member);
			}
			catch (Throwable ex) {
				failed(member, ex);
			}
		}
		return selected;
	}

	private @Nullable CompletionStage<?> call(HandlerRoute<BatchInvoker> route, List<Member> members) {
		try {
			RecordScope scope = open(members, route.publisher());
			BatchCall call = route.invoker().prepare(members.stream().map(Member::delivery).toList());
			members.removeIf((member) -> isRefused(member, call));
			Object result = members.isEmpty() ? null : invoke(members, call, scope);
			if (result instanceof CompletionStage<?> later) {
				return later.handle((value, failure) -> completed(members, route.publisher(), value, failure));
			}
			returned(members, route.publisher(), result);
		}
		catch (Throwable ex) {
			threw(members, route.publisher(), ex);
		}
		return null;
	}

	private @Nullable RecordScope open(List<Member> members, ReplyPublisher publisher) {
		RecordScope scope = this.scopes.open(members.get(0).delivery(), members.size(),
				this.completions.sender(records(members)), publisher.interceptors());
		members.forEach((member) -> member.delivery().scope(scope));
		return scope;
	}

	private @Nullable Object invoke(List<Member> members, BatchCall call, @Nullable RecordScope scope)
			throws Exception {
		if (scope != null) {
			scope.handled(members.get(0).delivery());
		}
		this.scopes.enter(scope);
		try {
			return ResultUnwrapper.unwrap(call.invoke());
		}
		finally {
			this.scopes.leave(scope);
		}
	}

	private boolean isRefused(Member member, BatchCall call) {
		Throwable failure = call.failure(member.delivery());
		if (failure != null) {
			failed(member, failure);
		}
		return failure != null;
	}

	private @Nullable Void completed(List<Member> members, ReplyPublisher publisher, @Nullable Object value,
			@Nullable Throwable failure) {
		if (failure != null) {
			threw(members, publisher, failure);
			return null;
		}
		try {
			returned(members, publisher, ResultUnwrapper.unwrap(value));
		}
		catch (Throwable ex) {
			threw(members, publisher, ex);
		}
		return null;
	}

	private void returned(List<Member> members, ReplyPublisher publisher, @Nullable Object value) {
		if (value instanceof BatchResult result) {
			complete(members, publisher, BatchOutcome.of(result, members.size()));
		}
		else if (value instanceof List<?> values && values.size() == members.size()) {
			// Before any record is completed: to read a list may fail.
			List<?> replies = new ArrayList<>(values);
			for (int i = 0; i < members.size(); i++) {
				returned(members.get(i), publisher, ObjectUtils.unwrapOptional(replies.get(i)));
			}
		}
		else if (value != null) {
			publishTogether(members, publisher, (value instanceof Collection<?> values) ? values : List.of(value));
		}
		else {
			members.forEach((member) -> returned(member, publisher, null));
		}
	}

	private void threw(List<Member> members, ReplyPublisher publisher, Throwable failure) {
		BatchOutcome outcome = BatchOutcome.of(failure, members.stream().map(Member::source).toList());
		if (outcome != null) {
			complete(members, publisher, outcome);
			return;
		}
		List<Member> undecided = new ArrayList<>();
		for (Member member : members) {
			if (member.delivery().decision() != null || isHandled(failure)) {
				failed(member, failure);
			}
			else {
				undecided.add(member);
			}
		}
		failedTogether(undecided, failure);
	}

	// These wait each by itself for what the handler has published.
	private static boolean isHandled(Throwable failure) {
		Throwable cause = FailureHandler.cause(failure);
		return cause instanceof AckRecord || cause instanceof SkipRecord;
	}

	private void failedTogether(List<Member> members, Throwable failure) {
		List<InFlightRecord> records = records(members);
		RecordScope scope = members.isEmpty() ? null : members.get(0).delivery().scope();
		if (scope != null && scope.isUsed() && this.completions.sender(records).takeBack(failure)) {
			return;
		}
		if (scope != null) {
			members.forEach((member) -> scope.leave());
		}
		this.completions.failures().failedTogether(records, failure, this);
	}

	private void complete(List<Member> members, ReplyPublisher publisher, BatchOutcome outcome) {
		if (isTakenBack(members, outcome)) {
			return;
		}
		for (int i = 0; i < members.size(); i++) {
			Throwable failure = outcome.failures().get(i);
			if (failure != null) {
				failed(members.get(i), failure);
			}
			else if (i < outcome.handled() || members.get(i).delivery().decision() != null) {
				returned(members.get(i), publisher, null);
			}
			else {
				notReached(members.get(i));
			}
		}
	}

	// All at once, as the first alone would have the others handled again for nothing.
	private boolean isTakenBack(List<Member> members, BatchOutcome outcome) {
		Map<InFlightRecord, Throwable> failures = new LinkedHashMap<>();
		outcome.failures().forEach((index, failure) -> {
			Member member = members.get(index);
			if (member.delivery().decision() == null && !isHandled(failure)) {
				failures.put(member.record(), failure);
			}
		});
		RecordScope scope = members.get(0).delivery().scope();
		return scope != null && scope.isUsed() && !failures.isEmpty() && this.completions.takeBack(failures);
	}

	private void notReached(Member member) {
		RecordScope scope = member.delivery().scope();
		if (scope != null) {
			scope.leave();
		}
		member.record().postpone(Duration.ZERO, this);
	}

	private void publishTogether(List<Member> members, ReplyPublisher publisher, Collection<?> values) {
		List<?> all = values.stream().map(ObjectUtils::unwrapOptional).filter(Objects::nonNull).toList();
		// When that fails, the batch has: a smaller one may have what can be published.
		List<ProducerRecord<byte[], byte[]>> outgoing = prepare(publisher, members.get(0).delivery(), all);
		RecordSender sender = new SharedSender(this.completions.sender(), outgoing);
		members.forEach((member) -> completion(member, sender).returned(member.record(), member.delivery(), publisher,
				outgoing));
	}

	private static List<ProducerRecord<byte[], byte[]>> prepare(ReplyPublisher publisher, StreamRecord first,
			List<?> values) {
		List<ProducerRecord<byte[], byte[]>> prepared = new ArrayList<>();
		try {
			values.forEach((value) -> prepared.addAll(publisher.prepareTogether(first, value)));
			return prepared;
		}
		catch (RuntimeException ex) {
			PendingSends.abandon(prepared, ex);
			throw ex;
		}
	}

	private void returned(Member member, ReplyPublisher publisher, @Nullable Object value) {
		RecordCompletion completion = completion(member, this.completions.sender());
		CompletionStage<?> lookUp = publisher.lookUp(member.source());
		if (lookUp == null) {
			completion.returned(member.record(), member.delivery(), publisher, value);
			return;
		}
		completion.resumeAfter(lookUp, member.record(), (again) -> {
			completion.returned(again, member.delivery(), publisher, value);
			return null;
		});
	}

	private void failed(Member member, Throwable failure) {
		completion(member, this.completions.sender()).failed(member.record(), member.delivery(), failure);
	}

	private RecordCompletion completion(Member member, RecordSender sender) {
		return this.completions.of(member.record(), sender, this);
	}

	private static List<InFlightRecord> records(List<Member> members) {
		return members.stream().map(Member::record).toList();
	}

	/**
	 * Record of a batch.
	 *
	 * @param record the record
	 * @param delivery the record as its handler gets it
	 */
	private record Member(InFlightRecord record, Delivery delivery) {

		ConsumerRecord<byte[], byte[]> source() {
			return this.record.record();
		}

	}

}
