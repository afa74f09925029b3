package dev.millrace.config;

import java.lang.annotation.Annotation;
import java.util.stream.Stream;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotationPredicates;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Repeatable annotations of a method or a class. Those of what it overrides count only
 * where it has none itself.
 */
final class NearestAnnotations {

	private NearestAnnotations() {
	}

	static <A extends Annotation> Stream<MergedAnnotation<A>> of(MergedAnnotations annotations, Class<A> type) {
		return annotations.stream(type)
			.filter(MergedAnnotationPredicates.firstRunOf(MergedAnnotation::getAggregateIndex));
	}

}
