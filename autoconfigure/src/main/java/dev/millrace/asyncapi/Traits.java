package dev.millrace.asyncapi;

import tools.jackson.databind.node.ObjectNode;

import dev.millrace.publisher.RecordHeaderNames;

/**
 * What messages have in common: the headers that Millrace reads and writes.
 *
 * @see <a href=
 * "https://www.asyncapi.com/docs/reference/specification/v3.0.0#messageTraitObject">Message
 * Trait Object</a>
 */
final class Traits {

	/** Every message. */
	static final String RECORD = "record";

	/** A message that may ask for an answer. */
	static final String REQUEST = "request";

	/** An answer. */
	static final String REPLY = "reply";

	private static final String LOCATION = "$message.header#/";

	private Traits() {
	}

	static ObjectNode all() {
		ObjectNode traits = Json.object();
		trait(traits, RECORD);
		header(trait(traits, REQUEST), RecordHeaderNames.REPLY_TO, "Topic in which an answer is expected.");
		ObjectNode reply = trait(traits, REPLY);
		header(reply, RecordHeaderNames.ERROR_TYPE, "Class of the exception, in an answer that says what has failed.");
		header(reply, RecordHeaderNames.ERROR_MESSAGE, "Message of that exception.");
		return traits;
	}

	static ObjectNode replyAddress() {
		return Json.object()
			.put("description", "The topic that the record asks for.")
			.put("location", LOCATION + RecordHeaderNames.REPLY_TO);
	}

	private static ObjectNode trait(ObjectNode traits, String name) {
		ObjectNode trait = traits.putObject(name);
		ObjectNode headers = trait.putObject("headers").put("type", "object");
		headers.putObject("properties");
		header(trait, RecordHeaderNames.CONTENT_TYPE, "Media type of the body.");
		header(trait, RecordHeaderNames.CORRELATION_ID,
				"What an answer, and all that is published for a record, has in " + "common with it.");
		trait.putObject("correlationId").put("location", LOCATION + RecordHeaderNames.CORRELATION_ID);
		return trait;
	}

	private static void header(ObjectNode trait, String name, String description) {
		((ObjectNode) trait.at("/headers/properties")).putObject(name)
			.put("type", "string")
			.put("description", description);
	}

}
