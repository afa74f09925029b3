package dev.millrace.asyncapi;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.Publication;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Makes the AsyncAPI document of the application: a bean. Nothing of it is done before
 * somebody asks, and nothing twice as long as no subscriber or publisher comes or goes.
 * Safe for use by several threads.
 */
public final class AsyncApiDocuments {

	private final EndpointRegistry registry;

	private final PublishedTopics published;

	private final Supplier<DocumentSettings> settings;

	private final JsonMapper mapper;

	private @Nullable Made latest;

	/**
	 * Create what makes documents.
	 * @param registry the subscribers
	 * @param published what is published beside their results
	 * @param settings what the configuration adds
	 * @param mapper the mapper that reads and writes bodies
	 */
	public AsyncApiDocuments(EndpointRegistry registry, PublishedTopics published, Supplier<DocumentSettings> settings,
			JsonMapper mapper) {
		this.registry = registry;
		this.published = published;
		this.settings = settings;
		this.mapper = mapper;
	}

	/**
	 * Return the document of what is declared now.
	 * @return the document
	 */
	public synchronized AsyncApiDocument current() {
		List<SubscriberEndpoint> subscribers = List.copyOf(this.registry.all());
		List<Publication> publications = this.published.publications();
		Made made = this.latest;
		if (made == null || !same(made.subscribers, subscribers) || !same(made.publications, publications)) {
			made = new Made(subscribers, publications, new AsyncApiDocument(
					new DocumentBuilder(this.settings.get(), this.mapper).build(subscribers, publications)));
			this.latest = made;
		}
		return made.document;
	}

	// Not by what they are equal to: in them are beans of the application.
	private static boolean same(List<?> some, List<?> others) {
		return some.size() == others.size()
				&& IntStream.range(0, some.size()).allMatch((index) -> some.get(index) == others.get(index));
	}

	/**
	 * Document, and what it was made of.
	 *
	 * @param subscribers the subscribers
	 * @param publications what is published beside their results
	 * @param document the document
	 */
	private record Made(List<SubscriberEndpoint> subscribers, List<Publication> publications,
			AsyncApiDocument document) {

	}

}
