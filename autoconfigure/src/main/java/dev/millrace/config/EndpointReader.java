package dev.millrace.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;

import dev.millrace.SubscriberSpec;
import dev.millrace.annotation.StreamPartition;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.config.PartitionReader.NamedPartitions;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;
import dev.millrace.handler.SignatureReader;

/**
 * Turns what was declared, with annotations or in code, into endpoints: it is read here,
 * once.
 */
public final class EndpointReader {

	private final ConfigurableBeanFactory beanFactory;

	private final ApplicationSettings application;

	private final EndpointAssembler assembler;

	private final ExceptionHandlerReader exceptionHandlers;

	/**
	 * Create a reader.
	 * @param beanFactory resolves placeholders and expressions
	 * @param application what the application's configuration says
	 * @param signatures finds out what handlers take and give
	 */
	public EndpointReader(ConfigurableBeanFactory beanFactory, ApplicationSettings application,
			SignatureReader signatures) {
		this.beanFactory = beanFactory;
		this.application = application;
		this.assembler = new EndpointAssembler(application, signatures);
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

	SubscriberEndpoint read(String id, Consumer<SubscriberSpec> specification) {
		CodeSubscriber subscriber = new CodeSubscriber(id);
		specification.accept(subscriber);
		return subscriber.assemble(this.assembler, this.exceptionHandlers);
	}

	Set<String> unusedOverrides(Collection<String> ids) {
		return this.application.unusedOverrides(ids);
	}

	private List<HandlerEndpoint> handlers(SubscriberDeclaration declaration, String prefix) {
		List<HandlerEndpoint> handlers = new ArrayList<>();
		for (HandlerMethod method : declaration.methods()) {
			handlers.add(new HandlerReader(method, new AnnotationText(this.beanFactory, method.describe()), prefix)
				.read(this.exceptionHandlers.of(method)));
		}
		return handlers;
	}

	private SubscriberEndpoint subscriber(MergedAnnotation<StreamSubscriber> annotation,
			SubscriberDeclaration declaration, AnnotationSettings annotations, List<HandlerEndpoint> handlers,
			boolean oneOfSeveral) {
		AnnotationText text = new AnnotationText(this.beanFactory, declaration.description());
		Subscription subscription = subscription(annotation, text, declaration.description(), annotations.prefix());
		String id = text.text(annotation.getString("id"));
		if (id == null) {
			id = oneOfSeveral ? declaration.name() + "-" + shortName(subscription) : declaration.name();
		}
		List<SettingsSource> declared = new ArrayList<>(List.of(annotations.read(annotation)));
		declared.addAll(annotations.readRouters());
		return this.assembler.assemble(id, declaration.description(), subscription, declared,
				annotations.collaborators(annotation), handlers, annotations.documentation(annotation));
	}

	private static Subscription subscription(MergedAnnotation<StreamSubscriber> annotation, AnnotationText text,
			String where, String prefix) {
		List<NamedPartitions> partitions = Arrays
			.stream(annotation.getAnnotationArray("partitions", StreamPartition.class))
			.map((named) -> new NamedPartitions(text.text(named.getString("topic")),
					text.texts(named.getStringArray("partitions")), text.text(named.getString("offset"))))
			.toList();
		return new SubscriptionReader(where, prefix).read(text.texts(annotation.getStringArray("topics")),
				text.text(annotation.getString("pattern")), partitions);
	}

	private static String shortName(Subscription subscription) {
		return (subscription.pattern() != null) ? "pattern" : String.join("-", subscription.topics());
	}

}
