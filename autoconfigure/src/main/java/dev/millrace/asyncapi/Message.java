package dev.millrace.asyncapi;

import tools.jackson.databind.node.ObjectNode;

/**
 * Message that an operation or a reply has, before it has a name: what it refers to has
 * none either until everything is known.
 *
 * @param owner the operation that it belongs to
 * @param content the message
 * @see <a href=
 * "https://www.asyncapi.com/docs/reference/specification/v3.0.0#messageObject">Message
 * Object</a>
 */
record Message(String owner, ObjectNode content) {

	private static final String SCHEMAS = "#/components/schemas/";

	/**
	 * Return what it is to be called if nothing else is.
	 * @return the name of its type where it has one, else that of its operation
	 */
	String preferredName() {
		String reference = this.content.path("payload").path("$ref").asString("");
		if (reference.isEmpty()) {
			reference = this.content.path("payload").path("anyOf").path(0).path("$ref").asString("");
		}
		return reference.startsWith(SCHEMAS) ? reference.substring(SCHEMAS.length()) : Identifiers.of(this.owner);
	}

}
