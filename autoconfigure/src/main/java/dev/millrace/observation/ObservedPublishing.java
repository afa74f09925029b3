package dev.millrace.observation;

import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.micrometer.observation.Observation;

import dev.millrace.OutgoingRecord;
import dev.millrace.PublishResult;
import dev.millrace.PublisherInterceptor;

/**
 * Observes the publishing of each record, around all interceptors.
 */
final class ObservedPublishing implements PublisherInterceptor {

	private final StreamObservations observations;

	ObservedPublishing(StreamObservations observations) {
		this.observations = observations;
	}

	@Override
	public void intercept(OutgoingRecord record, Publishing publishing) {
		PublishContext context = new PublishContext(record.topic(), record.key());
		Observation observation = this.observations.start(context, publishing.handled());
		OutgoingRecord traced = record;
		for (Map.Entry<String, String> header : StreamObservations.headers(context).entrySet()) {
			traced = traced.withHeader(header.getKey(), header.getValue());
		}
		CompletionStage<PublishResult> result;
		try {
			result = publishing.proceed(traced);
		}
		catch (Throwable ex) {
			observation.error(ex);
			observation.stop();
			throw ex;
		}
		result.whenComplete((published, failure) -> {
			context.result(published);
			if (failure != null) {
				observation.error((failure instanceof CompletionException && failure.getCause() != null)
						? failure.getCause() : failure);
			}
			observation.stop();
		});
	}

}
