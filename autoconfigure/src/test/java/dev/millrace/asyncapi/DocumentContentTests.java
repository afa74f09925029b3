package dev.millrace.asyncapi;

import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.faststream.Behaviour;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is in the document, and what FastStream's leaves out.
 */
class DocumentContentTests {

	private static JsonNode document;

	@BeforeAll
	static void read() {
		document = JsonMapper.shared().readTree(RichDocument.rich().toJson());
	}

	@Test
	void addressOfAChannelIsItsTopic() {
		assertThat(at("/channels/orders/address")).isEqualTo("orders");
		assertThat(at("/channels/geo.shapes/address")).isEqualTo("geo.shapes");
	}

	@Test
	void operationsHaveGroupAndClient() {
		JsonNode binding = node("/operations/billing/bindings/kafka");

		assertThat(binding).hasToString("{\"groupId\":{\"type\":\"string\",\"enum\":[\"billing\"]},"
				+ "\"clientId\":{\"type\":\"string\",\"enum\":[\"billing-client\"]},\"bindingVersion\":\"0.5.0\"}");
	}

	@Test
	void messagesHaveHeaders() {
		assertThat(message("Order-billing").path("headers")).hasToString(
				"{\"type\":\"object\",\"properties\":{\"tenant\":{\"type\":\"string\",\"enum\":[\"EU\",\"US\"]},"
						+ "\"priority\":{\"type\":\"integer\",\"default\":5}},\"required\":[\"tenant\"]}");
		assertThat(message("Invoice-billing-send-invoices").at("/headers/properties/source/const").asString())
			.isEqualTo("billing");
		assertThat(message("Invoice-send-Receipts-paid").at("/headers/properties").has("channel")).isTrue();
	}

	@Test
	void messagesHaveKeys() {
		assertThat(message("Customer").at("/bindings/kafka/key/type").asString()).isEqualTo("integer");
		assertThat(message("Reading-readings").at("/bindings/kafka/key/type").asString()).isEqualTo("string");
		assertThat(message("Invoice-send-Receipts-paid").at("/bindings/kafka/key/type").asString()).isEqualTo("string");
		assertThat(message("Invoice-billing-send-invoices").at("/bindings/kafka/key/description").asString())
			.contains("`id`");
	}

	@Test
	void requestsHaveAnswers() {
		JsonNode reply = node("/operations/search/reply");

		assertThat(reply.at("/address/location").asString()).isEqualTo("$message.header#/reply_to");
		assertThat(References.resolve(document, reply.path("channel")).has("address")).isFalse();
		assertThat(References.resolve(document, reply.path("messages").get(0)).at("/payload/$ref").asString())
			.isEqualTo("#/components/schemas/PageOfOrder");
		assertThat(references(message("search").path("traits"))).containsExactly("#/components/messageTraits/request");
	}

	@Test
	void whatGivesNoAnswerHasNoReply() {
		assertThat(node("/operations/logs").has("reply")).isFalse();
		assertThat(node("/operations/customers").has("reply")).isFalse();
		assertThat(references(message("logs").path("traits"))).containsExactly("#/components/messageTraits/record");
	}

	@Test
	void templatesHaveParameters() {
		JsonNode channel = node("/channels/logs.level.region.host.rest");

		assertThat(channel.path("address").asString()).isEqualTo("logs.{level}.{region}.{host}.{rest}");
		assertThat(channel.at("/parameters/level/enum")).hasToString("[\"info\",\"warn\"]");
		assertThat(channel.at("/parameters/region/enum")).hasToString("[\"EU\",\"US\"]");
		assertThat(channel.at("/parameters/host/description").asString()).contains("`h\\d+`");
		assertThat(channel.at("/bindings/kafka").has("topic")).isFalse();
	}

	@Test
	void patternIsAParameterAsAWhole() {
		JsonNode channel = node("/channels/pattern-audit-.");

		assertThat(channel.path("address").asString()).isEqualTo("{topic}");
		assertThat(channel.at("/parameters/topic/description").asString()).contains("`audit-.*`");
	}

	@Test
	void messagesHaveContentTypes() {
		assertThat(contentType("Order-billing")).isEqualTo("application/json");
		assertThat(contentType("logs")).isEqualTo("text/plain");
		assertThat(contentType("audit")).isEqualTo("application/octet-stream");
		assertThat(contentType("Order-several-one")).isEqualTo("application/vnd.order+json");
		assertThat(contentType("RichApplication.Second.Event")).isEqualTo("application/vnd.deleted+json");
		assertThat(message("in-code-reply").has("contentType")).isFalse();
	}

	@Test
	void channelsHavePartitionsReplicasAndConfiguration() {
		assertThat(node("/channels/orders/bindings/kafka"))
			.hasToString("{\"topic\":\"orders\",\"partitions\":12,\"replicas\":3,\"topicConfiguration\":"
					+ "{\"cleanup.policy\":[\"compact\"],\"retention.ms\":60000},\"bindingVersion\":\"0.5.0\"}");
	}

	@Test
	void bytesAreBytesAndNotJson() {
		assertThat(message("audit").path("payload")).hasToString("{\"type\":\"string\",\"format\":\"binary\"}");
		assertThat(message("audit").at("/bindings/kafka/key/format").asString()).isEqualTo("binary");
		assertThat(node("/components/schemas/Order/properties/signature/contentEncoding").asString())
			.isEqualTo("base64");
	}

	@Test
	void topicsThatMillraceCreatesHaveWhatIsConfigured() {
		JsonNode configured = JsonMapper.shared()
			.readTree(RichDocument.rich("millrace.topics.partitions=6", "millrace.topics.replicas=2").toJson());

		assertThat(configured.at("/channels/one/bindings/kafka"))
			.hasToString("{\"topic\":\"one\",\"partitions\":6,\"replicas\":2,\"bindingVersion\":\"0.5.0\"}");
		assertThat(configured.at("/channels/orders/bindings/kafka/partitions").asInt()).isEqualTo(12);
	}

	@Test
	void messagesHaveExamples() {
		assertThat(message("Order-billing").at("/examples/0/payload/e_mail").asString()).isEqualTo("a@b.example");
	}

	@Test
	void messagesShareTraits() {
		assertThat(node("/components/messageTraits/record/headers/properties").propertyNames())
			.containsExactly("content-type", "correlation_id");
		assertThat(at("/components/messageTraits/record/correlationId/location"))
			.isEqualTo("$message.header#/correlation_id");
		assertThat(node("/components/messageTraits/request/headers/properties").has("reply_to")).isTrue();
	}

	@Test
	void subscriberOfSeveralTopicsIsAnOperationForEach() {
		assertThat(at("/operations/several-one/channel/$ref")).isEqualTo("#/channels/one");
		assertThat(at("/operations/several-two/channel/$ref")).isEqualTo("#/channels/two");
	}

	@Test
	void severalHandlersAreSeveralMessages() {
		assertThat(references(node("/operations/events/messages"))).containsExactly(
				"#/channels/events/messages/RichApplication.First.Event",
				"#/channels/events/messages/RichApplication.Second.Event",
				"#/channels/events/messages/Invoice-events-other");
		assertThat(message("RichApplication.First.Event").at("/headers")).hasToString("{\"type\":\"object\","
				+ "\"properties\":{\"type\":{\"type\":\"string\",\"const\":\"created\"}},\"required\":[\"type\"]}");
	}

	@Test
	void severalParametersAreAnObject() {
		assertThat(message("registrations").path("payload")).hasToString(
				"{\"type\":\"object\",\"properties\":{\"user\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":20},"
						+ "\"userId\":{\"type\":\"integer\",\"minimum\":1},\"nickName\":{\"type\":[\"string\",\"null\"]}},"
						+ "\"required\":[\"user\",\"userId\"]}");
	}

	@Test
	void batchIsDescribedByItsElements() {
		assertThat(message("Reading-readings").at("/payload/$ref").asString())
			.isEqualTo("#/components/schemas/Reading");
		assertThat(message("readings-send-averages").at("/payload/type").asString()).isEqualTo("number");
	}

	@Test
	void bodyMayBeMissingWhereTheHandlerTakesTombstones() {
		assertThat(message("Customer").path("payload"))
			.hasToString("{\"anyOf\":[{\"$ref\":\"#/components/schemas/Customer\"},{\"type\":\"null\"}]}");
	}

	@Test
	void typeThatIsNamedCountsMoreThanObject() {
		assertThat(message("Invoice-events-other").at("/payload/$ref").asString())
			.isEqualTo("#/components/schemas/Invoice");
		assertThat(message("Invoice-in-code-send-refunds").at("/payload/$ref").asString())
			.isEqualTo("#/components/schemas/Invoice");
	}

	@Test
	void whatIsPublishedByItselfIsThere() {
		assertThat(at("/operations/send-Receipts-paid/action")).isEqualTo("send");
		assertThat(at("/operations/send-Receipts-paid/description")).isEqualTo("What was paid.");
		assertThat(at("/operations/send-readings/channel/$ref")).isEqualTo("#/channels/readings");
	}

	@Test
	@Behaviour(67)
	void whatIsHiddenIsNotThere() {
		assertThat(document.toString()).doesNotContain("hidden").doesNotContain("invoice-pages");
	}

	@Test
	void saysWhatIsSaid() {
		assertThat(at("/operations/billing/title")).isEqualTo("Billing");
		assertThat(at("/operations/billing/description")).isEqualTo("Makes invoices of orders.");
		assertThat(node("/operations/billing/tags")).hasToString("[{\"name\":\"money\"}]");
		assertThat(node("/operations/shapes/tags")).hasToString("[{\"name\":\"geometry\"},{\"name\":\"drawing\"}]");
		assertThat(at("/operations/in-code/description")).isEqualTo("Declared in code.");
		assertThat(message("RichApplication.First.Event").path("title").asString()).isEqualTo("Created");
	}

	@Test
	void everyReferenceLeadsSomewhere() {
		List<JsonNode> references = document.findValues("$ref");

		assertThat(references).hasSizeGreaterThan(50)
			.allSatisfy((reference) -> assertThat(document.at(reference.asString().substring(1)).isMissingNode())
				.as(reference.asString())
				.isFalse());
	}

	private static JsonNode message(String name) {
		JsonNode message = node("/components/messages").path(name);
		assertThat(message.isObject()).as(name).isTrue();
		return message;
	}

	private static String contentType(String message) {
		return message(message).path("contentType").asString();
	}

	private static List<String> references(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false).map((each) -> each.path("$ref").asString()).toList();
	}

	private static JsonNode node(String path) {
		return document.at(path);
	}

	private static String at(String path) {
		return document.at(path).asString("");
	}

}
