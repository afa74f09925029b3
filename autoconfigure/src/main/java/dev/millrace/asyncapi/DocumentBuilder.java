package dev.millrace.asyncapi;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.millrace.endpoint.Publication;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Makes the document: everything in it is in the order of its keys, so that it is the
 * same whenever the same is declared.
 *
 * @see <a href=
 * "https://www.asyncapi.com/docs/reference/specification/v3.0.0#A2SObject">AsyncAPI
 * Object</a>
 */
final class DocumentBuilder {

	private static final String VERSION = "3.0.0";

	private final DocumentSettings settings;

	private final JsonMapper mapper;

	DocumentBuilder(DocumentSettings settings, JsonMapper mapper) {
		this.settings = settings;
		this.mapper = mapper;
	}

	ObjectNode build(List<SubscriberEndpoint> subscribers, List<Publication> publications) {
		Schemas schemas = new Schemas(this.mapper);
		Operations operations = new Operations(new Messages(schemas, this.mapper));
		subscribers.stream().sorted(Comparator.comparing(SubscriberEndpoint::id)).forEach(operations::add);
		publications.stream()
			.sorted(Comparator.comparing(Publication::id).thenComparing(Publication::where))
			.forEach(operations::add);
		ObjectNode collected = sorted(schemas.collect());
		NamedMessages messages = new NamedMessages(operations.all());
		Channels channels = new Channels(this.settings, operations.all());
		ObjectNode named = operations(operations.all(), messages, channels);
		Servers servers = new Servers(this.settings.servers());
		ObjectNode components = new Json().object("schemas", collected)
			.object("messages", messages.components())
			.object("messageTraits", Traits.all())
			.object("securitySchemes", servers.securitySchemes())
			.build();
		return new Json().text("asyncapi", VERSION)
			.text("id", this.settings.application().id())
			.object("info", info(this.settings.application()))
			.object("servers", servers.servers())
			.object("channels", channels.build())
			.object("operations", named)
			.object("components", components)
			.build();
	}

	private static ObjectNode operations(List<Operation> operations, NamedMessages messages, Channels channels) {
		Map<String, ObjectNode> byId = new TreeMap<>();
		for (Operation operation : operations) {
			String channel = channels.idOf(operation.address());
			ObjectNode node = Json.object();
			node.set("action", operation.content().get("action"));
			node.set("channel", Json.reference("channels", channel));
			node.setAll(operation.content());
			node.putArray("messages").addAll(references(channel, operation.messages(), messages, channels));
			List<Message> replies = operation.replies();
			if (replies != null) {
				node.set("reply", reply(operation, replies, messages, channels));
			}
			byId.put(operation.id(), node);
		}
		ObjectNode all = Json.object();
		byId.forEach(all::set);
		return all;
	}

	private static ObjectNode reply(Operation operation, List<Message> replies, NamedMessages messages,
			Channels channels) {
		String channel = channels.addReplies(operation.id());
		ObjectNode reply = Json.object();
		reply.set("address", Traits.replyAddress());
		reply.set("channel", Json.reference("channels", channel));
		reply.putArray("messages").addAll(references(channel, replies, messages, channels));
		return reply;
	}

	private static List<ObjectNode> references(String channel, List<Message> messages, NamedMessages named,
			Channels channels) {
		return messages.stream().map(named::nameOf).distinct().map((name) -> {
			channels.addMessage(channel, name);
			return Json.reference("channels", channel, "messages", name);
		}).toList();
	}

	private static ObjectNode info(ApplicationInfo application) {
		ApplicationInfo.Contact contact = application.contact();
		ApplicationInfo.License license = application.license();
		return new Json().text("title", application.title())
			.text("version", application.version())
			.text("description", application.description())
			.text("termsOfService", application.termsOfService())
			.object("contact", (contact != null) ? contact(contact) : null)
			.object("license",
					(license != null) ? new Json().text("name", license.name()).text("url", license.url()).build()
							: null)
			.tags(application.tags())
			.object("externalDocs", new Json().text("url", application.externalDocs()).build())
			.build();
	}

	private static ObjectNode contact(ApplicationInfo.Contact contact) {
		return new Json().text("name", contact.name())
			.text("url", contact.url())
			.text("email", contact.email())
			.build();
	}

	private static ObjectNode sorted(ObjectNode node) {
		Map<String, JsonNode> members = new TreeMap<>();
		node.properties().forEach((member) -> members.put(member.getKey(), member.getValue()));
		ObjectNode sorted = Json.object();
		members.forEach(sorted::set);
		return sorted;
	}

}
