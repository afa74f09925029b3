package dev.millrace.config;

import java.util.ArrayList;
import java.util.List;

import org.springframework.core.annotation.MergedAnnotation;

import dev.millrace.endpoint.Documentation;

/**
 * Reads what an annotation says for the readers of the document.
 */
final class DocumentationReader {

	private static final String ATTRIBUTE = "documentation";

	private final AnnotationText text;

	DocumentationReader(AnnotationText text) {
		this.text = text;
	}

	/**
	 * Read what an annotation says.
	 * @param annotation the annotation, which may be missing
	 * @return what it says
	 */
	Documentation read(MergedAnnotation<?> annotation) {
		if (!annotation.isPresent()) {
			return Documentation.NONE;
		}
		MergedAnnotation<dev.millrace.annotation.Documentation> said = annotation.getAnnotation(ATTRIBUTE,
				dev.millrace.annotation.Documentation.class);
		Class<?> type = said.getClass("type");
		return new Documentation(this.text.text(said.getString("title")), this.text.text(said.getString("description")),
				this.text.texts(said.getStringArray("tags")), List.of(said.getStringArray("examples")),
				(type != void.class) ? type : null, said.getBoolean("hidden"));
	}

	/**
	 * Add what the routers around a subscriber say.
	 * @param own what the subscriber says
	 * @param routers what they say, the innermost first
	 * @return what holds for the subscriber
	 */
	static Documentation within(Documentation own, List<Documentation> routers) {
		List<String> tags = new ArrayList<>(own.tags());
		boolean hidden = own.hidden();
		for (Documentation router : routers) {
			tags.addAll(0, router.tags());
			hidden = hidden || router.hidden();
		}
		return new Documentation(own.title(), own.description(), tags.stream().distinct().toList(), own.examples(),
				own.type(), hidden);
	}

}
