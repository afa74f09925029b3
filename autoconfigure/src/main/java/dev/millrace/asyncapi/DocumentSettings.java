package dev.millrace.asyncapi;

import java.util.List;
import java.util.Map;

/**
 * What the application's configuration adds to what the endpoint model knows.
 *
 * @param application what the document says about the application
 * @param servers the servers, none of which has a secret
 * @param topics what is declared about topics, by their names
 * @param defaultTopic what holds for topics that nothing is declared about
 */
public record DocumentSettings(ApplicationInfo application, List<ServerInfo> servers, Map<String, TopicLayout> topics,
		TopicLayout defaultTopic) {

	public DocumentSettings {
		servers = List.copyOf(servers);
		topics = Map.copyOf(topics);
	}

}
