package dev.millrace.config;

import org.springframework.core.annotation.MergedAnnotation;

import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.TopicName;

/**
 * Reads what an annotation says about where something is published.
 */
final class PublisherReader {

	private final String where;

	private final AnnotationText text;

	PublisherReader(String where, AnnotationText text) {
		this.where = where;
		this.text = text;
	}

	PublisherEndpoint read(MergedAnnotation<StreamPublisher> annotation, String prefix) {
		String topic = this.text.text(annotation.getString("topic"));
		if (topic == null) {
			throw new StreamConfigurationException("%s publishes to no topic.".formatted(this.where),
					"Name the topic: @StreamPublisher(\"...\").");
		}
		String name = prefix + topic;
		TopicName.check(name, this.where);
		return new PublisherEndpoint(name, this.text.text(annotation.getString("key")),
				this.text.text(annotation.getString("partition")),
				this.text.pairs(annotation.getStringArray("headers"), "headers"),
				new BodySettings(this.text.text(annotation.getString("codec")),
						this.text.text(annotation.getString("contentType"))),
				this.text.texts(annotation.getStringArray("interceptors")),
				new DocumentationReader(this.text).read(annotation));
	}

}
