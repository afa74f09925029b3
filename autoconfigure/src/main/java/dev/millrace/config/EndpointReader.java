package dev.millrace.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.DeliverySettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;

/**
 * Turns the annotations of a method or a class into endpoints: they are read here, once.
 */
public final class EndpointReader {

	private final ConfigurableBeanFactory beanFactory;

	private final ApplicationSettings application;

	private final ExceptionHandlerReader exceptionHandlers;

	/**
	 * Create a reader.
	 * @param beanFactory resolves placeholders and expressions
	 * @param application what the application's configuration says
	 */
	public EndpointReader(ConfigurableBeanFactory beanFactory, ApplicationSettings application) {
		this.beanFactory = beanFactory;
		this.application = application;
		this.exceptionHandlers = new ExceptionHandlerReader(beanFactory);
	}

	List<SubscriberEndpoint> read(SubscriberDeclaration declaration) {
		AnnotationSettings settings = new AnnotationSettings(declaration,
				new AnnotationText(this.beanFactory, declaration.description()));
		List<HandlerEndpoint> handlers = handlers(declaration, settings.prefix());
		List<MergedAnnotation<StreamSubscriber>> subscribers = NearestAnnotations
			.of(declaration.annotations(), StreamSubscriber.class)
			.toList();
		return subscribers.stream()
			.map((subscriber) -> subscriber(subscriber, declaration, settings, handlers, subscribers.size() > 1))
			.toList();
	}

	Set<String> overriddenIds() {
		return this.application.overrides().keySet();
	}

	private List<HandlerEndpoint> handlers(SubscriberDeclaration declaration, String prefix) {
		List<HandlerEndpoint> handlers = new ArrayList<>();
		for (HandlerMethod method : declaration.methods()) {
			handlers.add(new HandlerReader(method, new AnnotationText(this.beanFactory, method.describe()), prefix)
				.read(this.exceptionHandlers.of(method)));
		}
		List<HandlerEndpoint> withoutFilter = handlers.stream().filter((handler) -> handler.filter() == null).toList();
		if (withoutFilter.size() > 1) {
			throw new StreamConfigurationException(
					"%s has several handlers without a filter, so that one of them would never be called: %s and %s."
						.formatted(declaration.description(), withoutFilter.get(0).describe(),
								withoutFilter.get(1).describe()),
					"Say which records each takes with @StreamFilter; one may be left without.");
		}
		handlers.sort(Comparator.comparing((handler) -> handler.filter() == null));
		return handlers;
	}

	private SubscriberEndpoint subscriber(MergedAnnotation<StreamSubscriber> annotation,
			SubscriberDeclaration declaration, AnnotationSettings annotations, List<HandlerEndpoint> handlers,
			boolean oneOfSeveral) {
		AnnotationText text = new AnnotationText(this.beanFactory, declaration.description());
		Subscription subscription = new SubscriptionReader(declaration.description(), text, annotations.prefix())
			.read(annotation);
		String id = text.text(annotation.getString("id"));
		if (id == null) {
			id = oneOfSeveral ? declaration.name() + "-" + shortName(subscription) : declaration.name();
		}
		String subscriberId = id;
		SettingsResolver settings = new SettingsResolver(id, declaration.description(),
				declared(annotation, annotations), this.application);
		DeliverySettings delivery = settings.delivery();
		handlers.forEach((handler) -> checkAcknowledged(subscriberId, delivery.ackPolicy(), handler.method()));
		return new SubscriberEndpoint(id, subscription, settings.consumer(), settings.flow(), delivery, settings.body(),
				annotations.interceptors(annotation), handlers);
	}

	private static List<SubscriberSettings> declared(MergedAnnotation<StreamSubscriber> annotation,
			AnnotationSettings annotations) {
		List<SubscriberSettings> declared = new ArrayList<>(List.of(annotations.read(annotation)));
		declared.addAll(annotations.readRouters());
		return declared;
	}

	private static void checkAcknowledged(String id, AckPolicy policy, HandlerMethod handler) {
		if (policy == AckPolicy.MANUAL
				&& !Arrays.asList(handler.method().getParameterTypes()).contains(Acknowledgment.class)) {
			throw new StreamConfigurationException(
					"Subscriber '%s' (%s) has the policy MANUAL, but nothing to acknowledge records with.".formatted(id,
							handler.describe()),
					"Declare a parameter of type dev.millrace.Acknowledgment, or choose another policy.");
		}
	}

	private static String shortName(Subscription subscription) {
		return (subscription.pattern() != null) ? "pattern" : String.join("-", subscription.topics());
	}

}
