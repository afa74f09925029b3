package dev.millrace.asyncapi;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.BodyType;
import dev.millrace.endpoint.Documentation;
import dev.millrace.endpoint.FilterSettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.NamedType;
import dev.millrace.endpoint.Publication;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Makes messages of what handlers take, publish and answer.
 *
 * @see <a href=
 * "https://www.asyncapi.com/docs/reference/specification/v3.0.0#messageObject">Message
 * Object</a>
 */
final class Messages {

	private final Schemas schemas;

	private final JsonMapper mapper;

	Messages(Schemas schemas, JsonMapper mapper) {
		this.schemas = schemas;
		this.mapper = mapper;
	}

	Message received(String owner, SubscriberEndpoint subscriber, HandlerEndpoint handler) {
		Documentation said = said(handler, subscriber);
		BodyType body = typed(handler.signature().body(), said);
		FilterSettings filter = handler.filter();
		Map<String, String> demanded = new LinkedHashMap<>((filter != null) ? filter.headers() : Map.of());
		List<NamedType> headers = new ArrayList<>(ofAnyValue(demanded));
		headers.addAll(handler.signature().headers());
		demanded.values().removeIf(FilterSettings.ANY_VALUE::equals);
		ObjectNode fixed = fixed(demanded);
		String contentType = (filter != null && filter.contentType() != null) ? filter.contentType()
				: contentType(subscriber.body(), body);
		return message(owner, said, body, contentType, headers(headers, fixed, true),
				keySchema(handler.signature().key()), answers(subscriber, handler) ? Traits.REQUEST : Traits.RECORD);
	}

	Message published(String owner, HandlerEndpoint handler, PublisherEndpoint publisher) {
		BodyType result = handler.signature().result();
		BodyType body = typed(new BodyType((result != null) ? result.type() : Object.class, false),
				publisher.documentation());
		return message(owner, publisher.documentation(), body, contentType(publisher.body(), body),
				headers(List.of(), fixed(publisher.headers()), false), key(publisher, handler.signature().key()),
				Traits.RECORD);
	}

	Message published(String owner, Publication publication) {
		PublisherEndpoint publisher = publication.publisher();
		BodyType body = typed(publication.body(), publisher.documentation());
		return message(owner, publisher.documentation(), body, contentType(publisher.body(), body),
				headers(publication.headers(), fixed(publisher.headers()), false), key(publisher, publication.key()),
				Traits.RECORD);
	}

	Message answer(String owner, BodyType result) {
		return message(owner, Documentation.NONE, result, contentType(BodySettings.NONE, result), null, null,
				Traits.REPLY);
	}

	static boolean answers(SubscriberEndpoint subscriber, HandlerEndpoint handler) {
		return subscriber.delivery().reply() && handler.signature().result() != null;
	}

	private Message message(String owner, Documentation said, BodyType body, @Nullable String contentType,
			@Nullable ObjectNode headers, @Nullable ObjectNode key, String trait) {
		ObjectNode binding = new Json().object("key", key).text("bindingVersion", Bindings.VERSION).build();
		ObjectNode content = new Json().text("title", said.title())
			.text("description", said.description())
			.text("contentType", contentType)
			.object("headers", headers)
			.objects("traits", List.of(Json.reference("components", "messageTraits", trait)))
			.build();
		content.set("payload", this.schemas.of(body));
		if (key != null) {
			content.putObject("bindings").set("kafka", binding);
		}
		if (!said.examples().isEmpty()) {
			ArrayNode examples = content.putArray("examples");
			said.examples().forEach((example) -> examples.addObject().set("payload", example(example, body)));
		}
		return new Message(owner, content);
	}

	// What is said about a subscriber is about its only handler too.
	private static Documentation said(HandlerEndpoint handler, SubscriberEndpoint subscriber) {
		Documentation own = handler.documentation();
		Documentation around = subscriber.documentation();
		if (subscriber.handlers().size() > 1 || !own.equals(Documentation.NONE)) {
			return own;
		}
		return new Documentation(null, null, List.of(), around.examples(), around.type(), false);
	}

	private static BodyType typed(BodyType body, Documentation said) {
		Type type = said.type();
		return (type != null) ? new BodyType(type, body.nullable()) : body;
	}

	// What is read as anything comes as whatever it says; a codec that is named decides
	// for itself, and says it in the header of each record.
	private static @Nullable String contentType(BodySettings settings, BodyType body) {
		if (settings.contentType() != null || settings.codec() != null) {
			return settings.contentType();
		}
		Type type = body.type();
		if (body.fields().isEmpty() && (type == Object.class || ScalarTypes.isOpaque(type))) {
			return null;
		}
		if (body.fields().isEmpty() && type == byte[].class) {
			return "application/octet-stream";
		}
		boolean text = body.fields().isEmpty() && type instanceof Class<?> raw
				&& CharSequence.class.isAssignableFrom(raw);
		return text ? "text/plain" : "application/json";
	}

	private @Nullable ObjectNode headers(List<NamedType> headers, ObjectNode fixed, boolean required) {
		if (headers.isEmpty() && fixed.isEmpty()) {
			return null;
		}
		ObjectNode schema = this.schemas.headers(headers);
		((ObjectNode) schema.get("properties")).setAll(fixed);
		if (required && !fixed.isEmpty()) {
			Set<String> names = new LinkedHashSet<>();
			schema.path("required").forEach((name) -> names.add(name.asString()));
			names.addAll(fixed.propertyNames());
			names.forEach(schema.putArray("required")::add);
		}
		return schema;
	}

	private static List<NamedType> ofAnyValue(Map<String, String> headers) {
		return headers.entrySet()
			.stream()
			.filter((header) -> header.getValue().equals(FilterSettings.ANY_VALUE))
			.map((header) -> new NamedType(header.getKey(), String.class, true, false, null, List.of()))
			.toList();
	}

	private static ObjectNode fixed(Map<String, String> headers) {
		ObjectNode schema = Json.object();
		headers.forEach((name, value) -> schema.putObject(name).put("type", "string").put("const", value));
		return schema;
	}

	private @Nullable ObjectNode key(PublisherEndpoint publisher, @Nullable Type incoming) {
		if (publisher.key() == null) {
			return keySchema(incoming);
		}
		return Json.object()
			.put("type", "string")
			.put("description", "Value of the expression `" + publisher.key() + "`.");
	}

	private @Nullable ObjectNode keySchema(@Nullable Type type) {
		return (type != null) ? this.schemas.ofWhole(type) : null;
	}

	private JsonNode example(String example, BodyType body) {
		if (body.type() == String.class) {
			return StringNode.valueOf(example);
		}
		try {
			return this.mapper.readTree(example);
		}
		catch (JacksonException ex) {
			return StringNode.valueOf(example);
		}
	}

}
