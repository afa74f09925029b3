package dev.millrace.config;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.endpoint.ExceptionHandlerEndpoint;
import dev.millrace.endpoint.FilterSettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.PublisherEndpoint;

/**
 * Reads what the annotations of one method say about it as a handler.
 */
final class HandlerReader {

	private final HandlerMethod method;

	private final AnnotationText text;

	private final String prefix;

	HandlerReader(HandlerMethod method, AnnotationText text, String prefix) {
		this.method = method;
		this.text = text;
		this.prefix = prefix;
	}

	HandlerEndpoint read(List<List<ExceptionHandlerEndpoint>> exceptionHandlers) {
		MergedAnnotations annotations = MergedAnnotations.from(this.method.method(), SearchStrategy.TYPE_HIERARCHY);
		PublisherReader publisher = new PublisherReader(this.method.describe(), this.text);
		List<PublisherEndpoint> publishers = NearestAnnotations.of(annotations, StreamPublisher.class)
			.map((annotation) -> publisher.read(annotation, this.prefix))
			.toList();
		return new HandlerEndpoint(this.method, filter(annotations.get(StreamFilter.class)), exceptionHandlers,
				publishers)
			.withDocumentation(new DocumentationReader(this.text).read(annotations.get(StreamHandler.class)));
	}

	private @Nullable FilterSettings filter(MergedAnnotation<StreamFilter> annotation) {
		if (!annotation.isPresent()) {
			return null;
		}
		FilterSettings filter = new FilterSettings(this.text.text(annotation.getString("contentType")),
				this.text.pairs(annotation.getStringArray("headers"), "headers"),
				this.text.text(annotation.getString("expression")), this.text.text(annotation.getString("predicate")));
		if (filter.equals(new FilterSettings(null, Map.of(), null, null))) {
			throw new StreamConfigurationException(
					"%s has a @StreamFilter without a condition.".formatted(this.method.describe()),
					"Say which records it takes, or remove @StreamFilter to have it take all.");
		}
		return filter;
	}

}
