package dev.millrace.publisher;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.millrace.PublisherInterceptor;
import dev.millrace.StreamOperations;
import dev.millrace.StreamRecord;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.endpoint.PublisherMethod;

/**
 * The scopes of an application, and which of them a thread is in. As long as nothing in
 * the application publishes by itself there are none. Safe for use by several threads.
 */
public final class RecordScopes {

	private final ThreadLocal<@Nullable RecordScope> current = new ThreadLocal<>();

	private final OutgoingRecords records;

	private final PublishedTopics topics;

	private final Supplier<List<PublisherInterceptor>> interceptors;

	private final Requester requester;

	private volatile boolean used;

	/**
	 * Create the scopes of an application.
	 * @param records makes records of what is published
	 * @param topics takes note of topics
	 * @param interceptors what is published outside of all scopes passes, the outermost
	 * first
	 * @param requester sends requests, which are in no scope
	 */
	public RecordScopes(OutgoingRecords records, PublishedTopics topics,
			Supplier<List<PublisherInterceptor>> interceptors, Requester requester) {
		this.records = records;
		this.topics = topics;
		this.interceptors = interceptors;
		this.requester = requester;
	}

	/**
	 * Return operations that publish into the scope of the thread that calls them.
	 * @param outside sends what is published in no scope
	 * @return the operations
	 */
	public StreamOperations operations(RecordSender outside) {
		return new DefaultStreamOperations(this.records, this.topics, this.requester, target(outside));
	}

	/**
	 * Return what publishes for one method into the scope of the thread that calls it.
	 * @param method the method
	 * @param interceptors what it passes within those of its scope
	 * @param outside sends what is published in no scope
	 * @return the publisher
	 */
	public MethodPublisher publisher(PublisherMethod method, Supplier<List<PublisherInterceptor>> interceptors,
			RecordSender outside) {
		this.topics.add(method.publication());
		return new MethodPublisher(method, this.records.passing(interceptors), target(outside));
	}

	private Supplier<PublishTarget> target(RecordSender outside) {
		use();
		PublishTarget target = new OutsideRecords(outside, this.interceptors);
		return () -> {
			RecordScope scope = this.current.get();
			return (scope != null) ? scope : target;
		};
	}

	/**
	 * Have scopes from here on.
	 */
	public void use() {
		this.used = true;
	}

	/**
	 * Open the scope of a call.
	 * @param handled the record, or the first of several
	 * @param records how many records there are
	 * @param sender sends what is published
	 * @param interceptors what it passes, the outermost first
	 * @return the scope, or {@code null} when nobody would use it
	 */
	public @Nullable RecordScope open(StreamRecord handled, int records, RecordSender sender,
			List<PublisherInterceptor> interceptors) {
		return this.used
				? new RecordScope(handled, records, sender, interceptors,
						(scope) -> new DefaultStreamOperations(this.records, this.topics, this.requester, () -> scope))
				: null;
	}

	/**
	 * Have a thread enter a scope.
	 * @param scope the scope, or {@code null} for none
	 */
	public void enter(@Nullable RecordScope scope) {
		if (scope != null) {
			this.current.set(scope);
		}
	}

	/**
	 * Have a thread leave the scope that it has entered.
	 * @param scope the scope, or {@code null} for none
	 */
	public void leave(@Nullable RecordScope scope) {
		if (scope != null) {
			this.current.remove();
		}
	}

}
