package dev.millrace.asyncapi;

import tools.jackson.databind.JsonNode;

/**
 * References within a document.
 *
 * @see <a href=
 * "https://www.asyncapi.com/docs/reference/specification/v3.0.0#referenceObject">Reference
 * Object</a>
 */
final class References {

	private static final int LIMIT = 20;

	private References() {
	}

	static JsonNode resolve(JsonNode document, JsonNode node) {
		JsonNode resolved = node;
		for (int depth = 0; depth < LIMIT && resolved.has("$ref"); depth++) {
			resolved = document.at(resolved.get("$ref").asString("").substring(1));
		}
		return resolved;
	}

}
