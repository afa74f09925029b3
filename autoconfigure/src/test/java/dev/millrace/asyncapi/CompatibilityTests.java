package dev.millrace.asyncapi;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link Compatibility}. {@code Item} is received in {@code in} and
 * {@code Result} is sent to {@code out} and answered.
 */
class CompatibilityTests {

	private static final String DOCUMENT = """
			{"asyncapi": "3.0.0",
			"channels": {
				"in": {"address": "in", "messages": {"Item": {"$ref": "#/components/messages/Item"}}},
				"out": {"address": "out", "messages": {"Result": {"$ref": "#/components/messages/Result"}}},
				"reply": {"messages": {"Result": {"$ref": "#/components/messages/Result"}}}},
			"operations": {
				"handle": {"action": "receive", "channel": {"$ref": "#/channels/in"},
					"messages": [{"$ref": "#/channels/in/messages/Item"}]},
				"ask": {"action": "receive", "channel": {"$ref": "#/channels/in"},
					"messages": [{"$ref": "#/channels/in/messages/Item"}],
					"reply": {"channel": {"$ref": "#/channels/reply"},
						"messages": [{"$ref": "#/channels/reply/messages/Result"}]}},
				"publish": {"action": "send", "channel": {"$ref": "#/channels/out"},
					"messages": [{"$ref": "#/channels/out/messages/Result"}]}},
			"components": {
				"messages": {
					"Item": {"contentType": "application/json", "payload": {"$ref": "#/components/schemas/Item"},
						"bindings": {"kafka": {"key": {"type": "string"}}}},
					"Result": {"contentType": "application/json", "payload": {"$ref": "#/components/schemas/Result"}}},
				"schemas": {
					"Item": {"type": "object", "properties": {
						"name": {"type": "string", "maxLength": 10}, "count": {"type": "integer"},
						"kind": {"type": "string", "enum": ["A", "B"]},
						"next": {"$ref": "#/components/schemas/Item"}}, "required": ["name"]},
					"Result": {"type": "object", "properties": {
						"text": {"type": "string"}, "amount": {"type": "number", "minimum": 0},
						"kind": {"type": "string", "enum": ["A", "B"]},
						"note": {"type": ["string", "null"]}}, "required": ["text"]}}}}
			""";

	private static final String ITEM = "/components/schemas/Item";

	private static final String RESULT = "/components/schemas/Result";

	@Test
	void nothingBreaksWhereNothingChanges() {
		assertThat(changes((document) -> {
		})).isEmpty();
	}

	@Test
	void richDocumentIsCompatibleWithItself() {
		AsyncApiDocument rich = RichDocument.rich();

		assertThat(rich.breakingChangesSince(rich)).isEmpty();
	}

	@Test
	void operationThatIsGoneBreaks() {
		assertThat(changes((document) -> document.withObject("/operations").remove("publish")))
			.containsExactly("The application does not send to 'out' any more");
		assertThat(changes((document) -> document.withObject("/operations").remove(List.of("handle", "ask"))))
			.containsExactly("The application does not receive from 'in' any more");
	}

	@Test
	void channelWithAnotherAddressBreaks() {
		assertThat(changes((document) -> document.withObject("/channels/out").put("address", "elsewhere")))
			.containsExactly("The application does not send to 'out' any more");
	}

	@Test
	void handlerMayBeRenamed() {
		assertThat(changes((document) -> {
			ObjectNode operations = document.withObject("/operations");
			operations.set("renamed", operations.remove("handle"));
		})).isEmpty();
	}

	@Test
	void answerThatIsGoneBreaks() {
		assertThat(changes((document) -> document.withObject("/operations/ask").remove("reply")))
			.containsExactly("The application does not answer any more what it does receive from 'in'");
	}

	@Test
	void fieldThatIsNotSentAnyMoreBreaks() {
		assertThat(changes((document) -> document.withObject(RESULT + "/properties").remove("note"))).containsExactly(
				"receive from 'in': answers, message 'Result': payload.note was removed",
				"send to 'out', message 'Result': payload.note was removed");
	}

	@Test
	void fieldThatIsNotReadAnyMoreDoesNotBreak() {
		assertThat(changes((document) -> document.withObject(ITEM + "/properties").remove("count"))).isEmpty();
	}

	@Test
	void fieldThatIsNewDoesNotBreak() {
		assertThat(changes((document) -> {
			document.withObject(RESULT + "/properties/more").put("type", "string");
			document.withObject(ITEM + "/properties/more").put("type", "string");
		})).isEmpty();
	}

	@Test
	void fieldThatIsRequiredNowBreaksWhereItIsReceived() {
		assertThat(changes((document) -> {
			required(document, ITEM).add("count");
			required(document, RESULT).add("amount");
		})).containsExactly("receive from 'in', message 'Item': payload.count is required now");
	}

	@Test
	void fieldThatMayBeMissingNowBreaksWhereItIsSent() {
		assertThat(changes((document) -> {
			document.withObject(ITEM).remove("required");
			document.withObject(RESULT).remove("required");
		})).containsExactly("receive from 'in': answers, message 'Result': payload.text is not always there any more",
				"send to 'out', message 'Result': payload.text is not always there any more");
	}

	@Test
	void otherTypeBreaks() {
		assertThat(changes((document) -> document.withObject(ITEM + "/properties/count").put("type", "string")))
			.containsExactly("receive from 'in', message 'Item': payload.count: its type was integer and is string");
		assertThat(changes((document) -> document.withObject(RESULT + "/properties/text").put("type", "integer")))
			.contains("send to 'out', message 'Result': payload.text: its type was string and is integer");
	}

	@Test
	void widerTypeBreaksWhereItIsSent() {
		assertThat(changes((document) -> document.withObject(ITEM + "/properties/count").put("type", "number")))
			.isEmpty();
		assertThat(changes((document) -> document.withObject(RESULT + "/properties/amount").put("type", "integer")))
			.isEmpty();
		assertThat(changes((document) -> document.withObject(RESULT + "/properties/text")
			.putArray("type")
			.add("string")
			.add("null")))
			.contains("send to 'out', message 'Result': payload.text: its type was string and is string or null");
	}

	@Test
	void narrowerTypeBreaksWhereItIsReceived() {
		assertThat(changes((document) -> document.withObject(RESULT + "/properties/note").put("type", "string")))
			.isEmpty();
		assertThat(changes((document) -> document.withObject(ITEM + "/properties/count").put("type", "null")))
			.isNotEmpty();
	}

	@Test
	void valueOfAnEnumThatIsGoneBreaksWhereItIsReceived() {
		assertThat(changes((document) -> {
			((ArrayNode) document.at(ITEM + "/properties/kind/enum")).remove(1);
			((ArrayNode) document.at(RESULT + "/properties/kind/enum")).remove(1);
		})).containsExactly("receive from 'in', message 'Item': payload.kind: the value B is not taken any more");
	}

	@Test
	void valueOfAnEnumThatIsNewBreaksWhereItIsSent() {
		assertThat(changes((document) -> {
			((ArrayNode) document.at(ITEM + "/properties/kind/enum")).add("C");
			((ArrayNode) document.at(RESULT + "/properties/kind/enum")).add("C");
		})).containsExactly("receive from 'in': answers, message 'Result': payload.kind: there is a new value C",
				"send to 'out', message 'Result': payload.kind: there is a new value C");
	}

	@Test
	void closerLimitBreaksWhereItIsReceived() {
		assertThat(changes((document) -> document.withObject(ITEM + "/properties/name").put("maxLength", 5)))
			.containsExactly("receive from 'in', message 'Item': payload.name: its maxLength was 10 and is 5");
		assertThat(changes((document) -> document.withObject(ITEM + "/properties/name").put("maxLength", 50)))
			.isEmpty();
		assertThat(changes((document) -> document.withObject(ITEM + "/properties/count").put("minimum", 1)))
			.containsExactly(
					"receive from 'in', message 'Item': payload.count: its minimum was not restricted and is 1");
	}

	@Test
	void widerLimitBreaksWhereItIsSent() {
		assertThat(changes((document) -> document.withObject(RESULT + "/properties/amount").put("minimum", -1)))
			.contains("send to 'out', message 'Result': payload.amount: its minimum was 0 and is -1");
		assertThat(changes((document) -> document.withObject(RESULT + "/properties/amount").put("minimum", 1)))
			.isEmpty();
	}

	@Test
	void headerThatIsRequiredNowBreaks() {
		assertThat(changes((document) -> {
			ObjectNode headers = document.withObject("/components/messages/Item/headers").put("type", "object");
			headers.withObject("/properties/tenant").put("type", "string");
			headers.putArray("required").add("tenant");
		})).containsExactly("receive from 'in', message 'Item': headers.tenant is required now");
	}

	@Test
	void otherKeyAndContentTypeBreak() {
		assertThat(changes((document) -> {
			document.withObject("/components/messages/Item/bindings/kafka/key").put("type", "integer");
			document.withObject("/components/messages/Result").put("contentType", "text/plain");
		})).contains("receive from 'in', message 'Item': key: its type was string and is integer",
				"send to 'out', message 'Result': its content type was application/json and is text/plain");
	}

	@Test
	void boundMayBecomeWiderByAnotherKeyword() {
		String positive = count("'exclusiveMinimum': 0");
		String positiveOrZero = count("'minimum': 0");
		String atMost = count("'maximum': 10");
		String lessThan = count("'exclusiveMaximum': 10");

		assertThat(changes(positive, positiveOrZero)).isEmpty();
		assertThat(changes(lessThan, atMost)).isEmpty();
		assertThat(changes(count("'minimum': 1"), positive)).isEmpty();
		assertThat(changes(positiveOrZero, positive))
			.containsExactly("receive from 'in', message 'Item': payload.count: its minimum was 0 and is more than 0");
		assertThat(changes(atMost, lessThan)).containsExactly(
				"receive from 'in', message 'Item': payload.count: its maximum was 10 and is less than 10");
		assertThat(changes(count("'minimum': 5, 'exclusiveMinimum': 0"), count("'minimum': 3"))).isEmpty();
	}

	@Test
	void contentTypeThatIsNotRestrictedAnyMoreDoesNotBreak() {
		String any = DOCUMENT.replace("\"Item\": {\"contentType\": \"application/json\", ", "\"Item\": {");

		assertThat(changes(DOCUMENT, any)).isEmpty();
		assertThat(changes(any, DOCUMENT)).containsExactly(
				"receive from 'in', message 'Item': its content type was not restricted and is application/json");
	}

	@Test
	void keyThatIsNotSentAnyMoreBreaks() {
		String keyed = DOCUMENT.replace("\"Result\": {\"contentType\": \"application/json\", ",
				"\"Result\": {\"contentType\": \"application/json\", \"bindings\": {\"kafka\": {\"key\": {\"type\": \"string\"}}}, ");

		assertThat(changes(keyed, DOCUMENT)).contains("send to 'out', message 'Result': key was removed");
		assertThat(changes(DOCUMENT, keyed)).isEmpty();
		assertThat(changes((document) -> document.withObject("/components/messages/Item").remove("bindings")))
			.isEmpty();
	}

	@Test
	void nullMayBeSaidInTwoWays() {
		String one = DOCUMENT.replace("\"payload\": {\"$ref\": \"#/components/schemas/Item\"}",
				"\"payload\": {\"oneOf\": [{\"$ref\": \"#/components/schemas/Item\"}, {\"type\": \"null\"}]}");

		assertThat(changes(one, one.replace("oneOf", "anyOf"))).isEmpty();
		assertThat(changes(one, DOCUMENT)).isNotEmpty();
	}

	@Test
	void messageThatIsNotTakenAnyMoreBreaks() {
		String two = DOCUMENT.replace("[{\"$ref\": \"#/channels/in/messages/Item\"}]",
				"[{\"$ref\": \"#/channels/in/messages/Item\"}, {\"$ref\": \"#/channels/out/messages/Result\"}]");

		assertThat(changes(two, DOCUMENT)).contains("receive from 'in': the message 'Result' is not taken any more");
		assertThat(changes(DOCUMENT, two)).isEmpty();
	}

	@Test
	void messageThatIsNewBreaksWhereItIsSent() {
		String two = DOCUMENT.replace("[{\"$ref\": \"#/channels/out/messages/Result\"}]",
				"[{\"$ref\": \"#/channels/out/messages/Result\"}, {\"$ref\": \"#/channels/in/messages/Item\"}]");

		assertThat(changes(DOCUMENT, two)).containsExactly("send to 'out': there is a new message 'Item'");
		assertThat(changes(two, DOCUMENT)).isEmpty();
	}

	@Test
	void typeMayBeRenamed() {
		assertThat(changes(DOCUMENT, DOCUMENT.replace("Item", "Article"))).isEmpty();
	}

	@Test
	void typeThatIsRenamedIsComparedAllTheSame() {
		String renamed = DOCUMENT.replace("\"required\": [\"name\"]", "\"required\": [\"name\", \"count\"]")
			.replace("Item", "Article");

		assertThat(changes(DOCUMENT, renamed))
			.containsExactly("receive from 'in', message 'Item': payload.count is required now");
	}

	@Test
	void failureNamesEveryChange(@TempDir Path directory) {
		Path committed = directory.resolve("committed.json");
		document(DOCUMENT).writeTo(committed);
		ObjectNode changed = tree(DOCUMENT);
		required(changed, ITEM).add("count").add("kind");

		assertThatNoException().isThrownBy(() -> document(DOCUMENT).checkCompatibleWith(committed));
		assertThatExceptionOfType(IncompatibleDocumentException.class)
			.isThrownBy(() -> new AsyncApiDocument(changed).checkCompatibleWith(committed))
			.withMessageContaining("2 breaking change(s) since " + committed)
			.withMessageContaining("- receive from 'in', message 'Item': payload.count is required now")
			.withMessageContaining("- receive from 'in', message 'Item': payload.kind is required now")
			.satisfies((failure) -> assertThat(failure.changes()).hasSize(2));
	}

	private static String count(String limits) {
		return DOCUMENT.replace("\"count\": {\"type\": \"integer\"}",
				"\"count\": {\"type\": \"number\", %s}".formatted(limits.replace('\'', '"')));
	}

	private static ArrayNode required(ObjectNode document, String schema) {
		return (ArrayNode) document.at(schema + "/required");
	}

	private static List<String> changes(Consumer<ObjectNode> change) {
		ObjectNode changed = tree(DOCUMENT);
		change.accept(changed);
		return new AsyncApiDocument(changed).breakingChangesSince(document(DOCUMENT));
	}

	private static List<String> changes(String earlier, String current) {
		return document(current).breakingChangesSince(document(earlier));
	}

	private static AsyncApiDocument document(String text) {
		return new AsyncApiDocument(tree(text));
	}

	private static ObjectNode tree(String text) {
		return (ObjectNode) JsonMapper.shared().readTree(text);
	}

}
