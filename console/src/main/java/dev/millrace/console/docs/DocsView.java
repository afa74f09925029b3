package dev.millrace.console.docs;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * AsyncAPI document of the application.
 *
 * @param document the document
 * @param json the document as text
 * @param yaml the same in YAML
 * @param served where the application itself serves it, relative to the console and
 * without the ending, or {@code null}
 */
record DocsView(JsonNode document, String json, String yaml, @Nullable String served) {

}
