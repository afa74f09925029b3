package dev.millrace.asyncapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import tools.jackson.databind.node.ObjectNode;

/**
 * Channels of operations, with the messages that are in each.
 *
 * @see <a href=
 * "https://www.asyncapi.com/docs/reference/specification/v3.0.0#channelObject">Channel
 * Object</a>
 */
final class Channels {

	private final Identifiers ids = new Identifiers();

	private final Map<String, String> idsByAddress = new LinkedHashMap<>();

	private final Map<String, ObjectNode> channels = new TreeMap<>();

	private final Map<String, Set<String>> messages = new TreeMap<>();

	private final DocumentSettings settings;

	Channels(DocumentSettings settings, List<Operation> operations) {
		this.settings = settings;
		Map<String, Address> addresses = new TreeMap<>();
		operations.forEach((operation) -> addresses.put(operation.address().key(), operation.address()));
		// Names of topics are keys as they are; templates get what is left.
		addresses.values().stream().filter((address) -> address.topic() != null).forEach(this::add);
		addresses.values().stream().filter((address) -> address.topic() == null).forEach(this::add);
	}

	private void add(Address address) {
		String id = this.ids.take(address.name());
		String topic = address.topic();
		TopicLayout layout = (topic != null) ? this.settings.topics().getOrDefault(topic, this.settings.defaultTopic())
				: new TopicLayout(null, null, Map.of());
		this.idsByAddress.put(address.key(), id);
		this.channels.put(id,
				new Json().text("address", address.text())
					.object("parameters", address.parameters())
					.object("bindings", Bindings.channel(topic, layout))
					.build());
	}

	String idOf(Address address) {
		return Objects.requireNonNull(this.idsByAddress.get(address.key()));
	}

	// The address of answers is in the record, so that their channel has none.
	String addReplies(String operation) {
		String id = this.ids.take(operation + "-reply");
		this.channels.put(id, Json.object());
		return id;
	}

	void addMessage(String channel, String message) {
		this.messages.computeIfAbsent(channel, (id) -> new TreeSet<>()).add(message);
	}

	ObjectNode build() {
		ObjectNode all = Json.object();
		this.channels.forEach((id, content) -> {
			ObjectNode channel = all.putObject(id);
			channel.setAll(content);
			ObjectNode named = channel.putObject("messages");
			this.messages.getOrDefault(id, Set.of())
				.forEach((message) -> named.set(message, Json.reference("components", "messages", message)));
		});
		return all;
	}

}
