package dev.millrace.config;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotationPredicates;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.DeliverySettings;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;

/**
 * Turns the annotations of a method into endpoints: the only place that reads them.
 */
public final class EndpointReader {

	private static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

	private final ConfigurableBeanFactory beanFactory;

	private final ApplicationSettings application;

	/**
	 * Create a reader.
	 * @param beanFactory resolves placeholders and expressions
	 * @param application what the application's configuration says
	 */
	public EndpointReader(ConfigurableBeanFactory beanFactory, ApplicationSettings application) {
		this.beanFactory = beanFactory;
		this.application = application;
	}

	List<SubscriberEndpoint> read(HandlerMethod handler) {
		MergedAnnotations annotations = MergedAnnotations.from(handler.method(), SearchStrategy.TYPE_HIERARCHY);
		AnnotationText text = new AnnotationText(this.beanFactory, handler.describe());
		List<PublisherEndpoint> publishers = nearest(annotations, StreamPublisher.class)
			.map((publisher) -> publisher(publisher, handler, text))
			.toList();
		List<MergedAnnotation<StreamSubscriber>> subscribers = nearest(annotations, StreamSubscriber.class).toList();
		if (subscribers.isEmpty()) {
			throw new StreamConfigurationException(
					"%s has @StreamPublisher but no @StreamSubscriber, so nothing ever calls it to publish."
						.formatted(handler.describe()),
					"Add @StreamSubscriber, or remove @StreamPublisher.");
		}
		return subscribers.stream()
			.map((subscriber) -> subscriber(subscriber, handler, text, publishers, subscribers.size() > 1))
			.toList();
	}

	Set<String> overriddenIds() {
		return this.application.overrides().keySet();
	}

	// Those of an overridden method count only where the method itself has none.
	private static <A extends Annotation> Stream<MergedAnnotation<A>> nearest(MergedAnnotations annotations,
			Class<A> type) {
		return annotations.stream(type)
			.filter(MergedAnnotationPredicates.firstRunOf(MergedAnnotation::getAggregateIndex));
	}

	private SubscriberEndpoint subscriber(MergedAnnotation<StreamSubscriber> annotation, HandlerMethod handler,
			AnnotationText text, List<PublisherEndpoint> publishers, boolean oneOfSeveral) {
		Subscription subscription = subscription(annotation, handler, text);
		String id = text.text(annotation.getString("id"));
		if (id == null) {
			String name = handler.beanName() + "-" + handler.method().getName();
			id = oneOfSeveral ? name + "-" + shortName(subscription) : name;
		}
		SettingsResolver settings = new SettingsResolver(id, handler,
				new AnnotationSettings(handler, text).read(annotation), this.application);
		DeliverySettings delivery = settings.delivery();
		checkAcknowledged(id, delivery.ackPolicy(), handler);
		return new SubscriberEndpoint(id, subscription, settings.consumer(), settings.flow(), delivery, handler,
				publishers);
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
		return subscription.topics().isEmpty() ? "pattern" : String.join("-", subscription.topics());
	}

	private Subscription subscription(MergedAnnotation<StreamSubscriber> annotation, HandlerMethod handler,
			AnnotationText text) {
		List<String> topics = text.texts(annotation.getStringArray("topics"));
		String pattern = text.text(annotation.getString("pattern"));
		if (topics.isEmpty() == (pattern == null)) {
			throw new StreamConfigurationException(
					"%s subscribes to %s.".formatted(handler.describe(),
							(pattern != null) ? "topics and a pattern together" : "no topic"),
					"Give @StreamSubscriber either topics or a pattern.");
		}
		topics.forEach((topic) -> checkTopic(topic, handler));
		return (pattern != null) ? new Subscription.TopicPattern(compile(pattern, handler))
				: new Subscription.Topics(topics);
	}

	private PublisherEndpoint publisher(MergedAnnotation<StreamPublisher> annotation, HandlerMethod handler,
			AnnotationText text) {
		String topic = text.text(annotation.getString("topic"));
		if (topic == null) {
			throw new StreamConfigurationException("%s publishes to no topic.".formatted(handler.describe()),
					"Name the topic: @StreamPublisher(\"...\").");
		}
		checkTopic(topic, handler);
		Map<String, String> headers = text.pairs(annotation.getStringArray("headers"), "headers");
		return new PublisherEndpoint(topic, text.text(annotation.getString("key")),
				text.text(annotation.getString("partition")), headers);
	}

	private static void checkTopic(String topic, HandlerMethod handler) {
		if (!TOPIC_NAME.matcher(topic).matches()) {
			throw new StreamConfigurationException(
					"%s names the topic '%s', which is not a legal name.".formatted(handler.describe(), topic),
					"Use up to 249 letters, digits, dots, underscores and hyphens, and not only one or two dots."
							+ " A list in one text needs an expression: #{'${topics}'.split(',')}.");
		}
	}

	private static Pattern compile(String pattern, HandlerMethod handler) {
		try {
			return Pattern.compile(pattern);
		}
		catch (PatternSyntaxException ex) {
			throw new StreamConfigurationException("%s has the pattern '%s', which is not a regular expression."
				.formatted(handler.describe(), pattern), "Correct it; \\\\. stands for a dot.", ex);
		}
	}

}
