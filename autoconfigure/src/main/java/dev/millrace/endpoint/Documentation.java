package dev.millrace.endpoint;

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is said for its readers about a subscriber, a handler or a publisher.
 *
 * @param title the name for people, or {@code null}
 * @param description what it is there for, or {@code null}
 * @param tags the tags
 * @param examples bodies that are good examples
 * @param type the type of the bodies where the method does not say, or {@code null}
 * @param hidden whether it is left out
 */
public record Documentation(@Nullable String title, @Nullable String description, List<String> tags,
		List<String> examples, @Nullable Type type, boolean hidden) {

	/**
	 * Nothing is said.
	 */
	public static final Documentation NONE = new Documentation(null, null, List.of(), List.of(), null, false);

	public Documentation {
		tags = List.copyOf(tags);
		examples = List.copyOf(examples);
	}

}
