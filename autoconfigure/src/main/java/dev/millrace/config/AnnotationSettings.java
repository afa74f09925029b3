package dev.millrace.config;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

import dev.millrace.AckPolicy;
import dev.millrace.DeadLetterHeaders;
import dev.millrace.Ordering;
import dev.millrace.RetryMode;
import dev.millrace.StreamConfigurationException;
import dev.millrace.Unmatched;
import dev.millrace.annotation.DeadLetter;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.CollaboratorSettings;
import dev.millrace.endpoint.Documentation;

/**
 * Reads the settings in the annotations of one subscriber.
 */
final class AnnotationSettings {

	private final SubscriberDeclaration declaration;

	private final AnnotationText text;

	AnnotationSettings(SubscriberDeclaration declaration, AnnotationText text) {
		this.declaration = declaration;
		this.text = text;
	}

	/**
	 * Read a subscriber, with what its method or class says beside it.
	 * @param subscriber the subscriber
	 * @return the settings
	 */
	SettingsSource read(MergedAnnotation<StreamSubscriber> subscriber) {
		return new SettingsSource("annotation",
				new SubscriberSettings(consumer(subscriber), flow(subscriber, batch(subscriber)), delivery(subscriber),
						body(subscriber), retry(nearest(Retry.class)), deadLetter(nearest(DeadLetter.class))));
	}

	/**
	 * Read the routers that a subscriber is in.
	 * @return the settings of each, those of the innermost first
	 */
	List<SettingsSource> readRouters() {
		return routers()
			.map((router) -> new SettingsSource("@StreamRouter of " + where(router),
					new SubscriberSettings(consumer(router), flow(router, SubscriberSettings.Batch.NONE),
							delivery(router), body(router), SubscriberSettings.Retry.NONE,
							SubscriberSettings.DeadLetter.NONE)))
			.toList();
	}

	private static String where(MergedAnnotation<StreamRouter> router) {
		return (router.getSource() instanceof Class<?> type) ? type.getSimpleName() : "the class";
	}

	/**
	 * Read the prefix of the routers that a subscriber is in.
	 * @return the prefix of its topics, empty for none
	 */
	String prefix() {
		return routers().map((router) -> Objects.requireNonNullElse(text(router, "prefix"), ""))
			.reduce("", (inner, outer) -> outer + inner);
	}

	/**
	 * Read the beans that a subscriber and the routers that it is in name.
	 * @param subscriber the subscriber
	 * @return the names of the beans
	 */
	CollaboratorSettings collaborators(MergedAnnotation<StreamSubscriber> subscriber) {
		List<String> names = new ArrayList<>(this.text.texts(subscriber.getStringArray("interceptors")));
		routers().forEach((router) -> names.addAll(0, this.text.texts(router.getStringArray("interceptors"))));
		return new CollaboratorSettings(names, text(subscriber, "rebalanceListener"));
	}

	/**
	 * Read what a subscriber and the routers that it is in say for their readers.
	 * @param subscriber the subscriber
	 * @return what they say
	 */
	Documentation documentation(MergedAnnotation<StreamSubscriber> subscriber) {
		DocumentationReader reader = new DocumentationReader(this.text);
		return DocumentationReader.within(reader.read(subscriber), routers().map(reader::read).toList());
	}

	private Stream<MergedAnnotation<StreamRouter>> routers() {
		return this.declaration.annotationsOfClasses()
			.stream()
			.map((annotations) -> annotations.get(StreamRouter.class))
			.filter(MergedAnnotation::isPresent);
	}

	private SubscriberSettings.Consumer consumer(MergedAnnotation<?> annotation) {
		return new SubscriberSettings.Consumer(text(annotation, "groupId"), text(annotation, "clientId"),
				value(annotation, "consumers", Integer::valueOf, "a whole number from 1"),
				text(annotation, "autoOffsetReset"),
				value(annotation, "autoStartup", AnnotationSettings::bool, "true or false"),
				this.text.pairs(annotation.getStringArray("properties"), "properties"));
	}

	private SubscriberSettings.Flow flow(MergedAnnotation<?> annotation, SubscriberSettings.Batch batch) {
		return new SubscriberSettings.Flow(single("ordering", annotation.getEnumArray("ordering", Ordering.class)),
				value(annotation, "concurrency", Integer::valueOf, "a whole number from 1"),
				value(annotation, "maxRate", Double::valueOf, "a number greater than 0"), null, null, null, null,
				batch);
	}

	private SubscriberSettings.Batch batch(MergedAnnotation<StreamSubscriber> subscriber) {
		return new SubscriberSettings.Batch(flag(subscriber, "batch"),
				value(subscriber, "maxRecords", Integer::valueOf, "a whole number from 1"),
				duration(subscriber, "maxWait"));
	}

	private SubscriberSettings.Delivery delivery(MergedAnnotation<?> annotation) {
		return new SubscriberSettings.Delivery(
				single("ackPolicy", annotation.getEnumArray("ackPolicy", AckPolicy.class)),
				flag(annotation, "exactlyOnce"),
				single("unmatched", annotation.getEnumArray("unmatched", Unmatched.class)), flag(annotation, "reply"));
	}

	private SubscriberSettings.Body body(MergedAnnotation<?> annotation) {
		return new SubscriberSettings.Body(text(annotation, "codec"), text(annotation, "contentType"));
	}

	private SubscriberSettings.Retry retry(MergedAnnotation<Retry> retry) {
		if (!retry.isPresent()) {
			return SubscriberSettings.Retry.NONE;
		}
		return new SubscriberSettings.Retry(value(retry, "attempts", Integer::valueOf, "a whole number from 1"),
				duration(retry, "maxTime"), duration(retry, "delay"),
				value(retry, "multiplier", Double::valueOf, "a number from 1"), duration(retry, "maxDelay"),
				value(retry, "jitter", Double::valueOf, "a number from 0 to 1"), types(retry, "on"),
				types(retry, "fatal"), single("mode", retry.getEnumArray("mode", RetryMode.class)),
				text(retry, "topic"), flag(retry, "keepOrder"));
	}

	private SubscriberSettings.DeadLetter deadLetter(MergedAnnotation<DeadLetter> deadLetter) {
		if (!deadLetter.isPresent()) {
			return SubscriberSettings.DeadLetter.NONE;
		}
		return new SubscriberSettings.DeadLetter(flag(deadLetter, "enabled"), text(deadLetter, "topic"),
				single("headers", deadLetter.getEnumArray("headers", DeadLetterHeaders.class)));
	}

	// The method's own says it all: nothing of the classes around it is mixed in.
	private <A extends Annotation> MergedAnnotation<A> nearest(Class<A> type) {
		return Stream
			.concat(Stream.of(this.declaration.annotations()), this.declaration.annotationsOfClasses().stream())
			.map((annotations) -> annotations.get(type))
			.filter(MergedAnnotation::isPresent)
			.findFirst()
			.orElse(MergedAnnotation.missing());
	}

	// A router says nothing about what there can be only one of.
	private @Nullable String text(MergedAnnotation<?> annotation, String attribute) {
		return this.text.text(annotation.getValue(attribute, String.class).orElse(""));
	}

	private @Nullable Duration duration(MergedAnnotation<?> annotation, String attribute) {
		return value(annotation, attribute, DurationFormatterUtils::detectAndParse, "a duration such as 500ms or 10s");
	}

	private <T> @Nullable T value(MergedAnnotation<?> annotation, String attribute, Function<String, T> conversion,
			String expected) {
		String text = text(annotation, attribute);
		try {
			return (text != null) ? conversion.apply(text) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new StreamConfigurationException(
					"%s has the %s '%s'.".formatted(this.declaration.description(), attribute, text),
					"Set " + expected + ".", ex);
		}
	}

	private @Nullable Boolean flag(MergedAnnotation<?> annotation, String attribute) {
		boolean[] values = annotation.getBooleanArray(attribute);
		checkSingle(attribute, values.length);
		return (values.length == 1) ? values[0] : null;
	}

	private <T> @Nullable T single(String attribute, T[] values) {
		checkSingle(attribute, values.length);
		return (values.length == 1) ? values[0] : null;
	}

	private void checkSingle(String attribute, int count) {
		if (count > 1) {
			throw new StreamConfigurationException(
					"%s has several values of %s.".formatted(this.declaration.description(), attribute), "Leave one.");
		}
	}

	private static List<Class<? extends Throwable>> types(MergedAnnotation<?> annotation, String attribute) {
		return Arrays.stream(annotation.getClassArray(attribute)).map(AnnotationSettings::throwable).toList();
	}

	// The attribute can hold nothing else.
	private static Class<? extends Throwable> throwable(Class<?> type) {
		return type.asSubclass(Throwable.class);
	}

	private static Boolean bool(String text) {
		if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
			return Boolean.valueOf(text);
		}
		throw new IllegalArgumentException(text);
	}

}
