package dev.millrace.observation;

import java.util.List;
import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import dev.millrace.PublisherInterceptor;
import dev.millrace.StreamRecord;
import dev.millrace.dispatch.RunContext;
import dev.millrace.handler.InvokerDecorator;
import dev.millrace.publisher.ForwardObserver;

/**
 * Observations of an application. What an application does not observe has nothing of
 * them around it.
 */
public final class StreamObservations {

	/**
	 * Attribute of a record that has the observation of its handling.
	 */
	static final String ATTRIBUTE = Observation.class.getName();

	private final ObservationRegistry registry;

	private final ObservationConventions conventions;

	private final ObservedRuns runs = new ObservedRuns();

	/**
	 * Create the observations of an application.
	 * @param registry where they go to; with nobody who would handle them, there are none
	 * @param conventions their names
	 */
	public StreamObservations(ObservationRegistry registry, ObservationConventions conventions) {
		this.registry = registry;
		this.conventions = conventions;
	}

	/**
	 * Return whether there are observations.
	 * @return whether there are any
	 */
	public boolean isActive() {
		return !this.registry.isNoop();
	}

	/**
	 * Return what is around the calls of handlers.
	 * @return the decorator
	 */
	public InvokerDecorator invokers() {
		return isActive() ? new ObservedInvokers(this, this.runs) : InvokerDecorator.NONE;
	}

	/**
	 * Return what is around all that is done with a record.
	 * @return the context
	 */
	public RunContext runs() {
		return isActive() ? this.runs : RunContext.NONE;
	}

	/**
	 * Return what is around publishing.
	 * @return the interceptor, or nothing
	 */
	public List<PublisherInterceptor> interceptors() {
		return isActive() ? List.of(new ObservedPublishing(this)) : List.of();
	}

	/**
	 * Return what watches over retries and dead letters.
	 * @return the observer
	 */
	public ForwardObserver forwards() {
		return isActive() ? new ObservedForwarding(this) : ForwardObserver.NONE;
	}

	/**
	 * Return whether something is observed on this thread, to which more may belong.
	 * @return whether there is something
	 */
	boolean isWithin() {
		return this.registry.getCurrentObservation() != null;
	}

	Observation start(ProcessContext context) {
		return Observation
			.createNotStarted(this.conventions.process(), ObservationConventions.DEFAULT_PROCESS, () -> context,
					this.registry)
			.start();
	}

	Observation start(BatchContext context) {
		return Observation
			.createNotStarted(this.conventions.batch(), ObservationConventions.DEFAULT_BATCH, () -> context,
					this.registry)
			.start();
	}

	/**
	 * Start the observation of publishing.
	 * @param context what is published
	 * @param handled the record that is handled meanwhile, to which it belongs on threads
	 * that know of nothing else
	 * @return the observation
	 */
	Observation start(PublishContext context, @Nullable StreamRecord handled) {
		Observation observation = Observation.createNotStarted(this.conventions.publish(),
				ObservationConventions.DEFAULT_PUBLISH, () -> context, this.registry);
		if (handled != null && !isWithin() && handled.attributes().get(ATTRIBUTE) instanceof Observation ofHandling) {
			observation.parentObservation(ofHandling);
		}
		return observation.start();
	}

	/**
	 * Return what a record that is published has to take along.
	 * @param context what is published
	 * @return the headers
	 */
	static Map<String, String> headers(PublishContext context) {
		Map<String, String> headers = context.getCarrier();
		return (headers != null) ? headers : Map.of();
	}

}
