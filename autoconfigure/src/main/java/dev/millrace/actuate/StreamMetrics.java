package dev.millrace.actuate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.millrace.RequestMonitor;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Meters of an application, in any registry that it is bound to.
 */
public final class StreamMetrics implements MeterBinder {

	private final SubscriberRuntimes subscribers;

	private final RequestMonitor requests;

	private final GroupLagSampler lags;

	/**
	 * Create the meters.
	 * @param subscribers the subscribers
	 * @param requests the requests
	 * @param lags measures how far behind the groups are
	 */
	public StreamMetrics(SubscriberRuntimes subscribers, RequestMonitor requests, GroupLagSampler lags) {
		this.subscribers = subscribers;
		this.requests = requests;
		this.lags = lags;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("millrace.requests.pending", this.requests, RequestMonitor::waiting)
			.description("Requests that wait for their answers")
			.register(registry);
		FunctionCounter.builder("millrace.requests.late", this.requests, RequestMonitor::late)
			.description("Answers for which nobody waited any more")
			.register(registry);
		this.subscribers.listen(new SubscriberMeters(registry));
		this.lags.publishTo(new LagMeters(registry));
	}

}
