package dev.millrace.asyncapi;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Operation, before channels and messages have names.
 *
 * @param id its key
 * @param address the channel
 * @param content all of it but its references
 * @param messages the messages, of which each record is one
 * @param replies the messages of which an answer is one, or {@code null} when there are
 * no answers
 * @see <a href=
 * "https://www.asyncapi.com/docs/reference/specification/v3.0.0#operationObject">Operation
 * Object</a>
 */
record Operation(String id, Address address, ObjectNode content, List<Message> messages,
		@Nullable List<Message> replies) {

}
