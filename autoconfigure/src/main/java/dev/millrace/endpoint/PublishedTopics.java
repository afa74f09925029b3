package dev.millrace.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.millrace.StreamConfigurationException;

/**
 * What an application publishes by itself, beside the results of its handlers. Safe for
 * use by several threads.
 */
public final class PublishedTopics {

	private final Map<String, Publication> publications = new LinkedHashMap<>();

	/**
	 * Add what is published. Publishers of one topic and type with one name count once.
	 * @param publication what is published
	 * @throws StreamConfigurationException when the name of its topic is not legal
	 */
	public synchronized void add(Publication publication) {
		TopicName.check(publication.publisher().topic(), publication.where());
		this.publications.putIfAbsent(publication.id() + " " + publication.where(), publication);
	}

	/**
	 * Return all topics.
	 * @return what publishes to each, a snapshot
	 */
	public synchronized Map<String, String> all() {
		Map<String, String> topics = new TreeMap<>();
		this.publications.values()
			.forEach((publication) -> topics.putIfAbsent(publication.publisher().topic(), publication.where()));
		return topics;
	}

	/**
	 * Return what is published.
	 * @return a snapshot, in the order in which it became known
	 */
	public synchronized List<Publication> publications() {
		return List.copyOf(this.publications.values());
	}

}
