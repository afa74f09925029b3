package dev.millrace.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.millrace.DocumentationSpec;
import dev.millrace.HandlerSpec.PublisherSpec;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.Documentation;
import dev.millrace.endpoint.PublisherEndpoint;

/**
 * Publisher that is declared in code.
 */
final class CodePublisher implements PublisherSpec {

	private final String topic;

	private final Map<String, String> headers = new LinkedHashMap<>();

	private final List<String> interceptors = new ArrayList<>();

	private @Nullable String key;

	private @Nullable String partition;

	private @Nullable String contentType;

	private @Nullable String codec;

	private Documentation documentation = Documentation.NONE;

	CodePublisher(String topic) {
		this.topic = topic;
	}

	@Override
	public PublisherSpec key(String expression) {
		this.key = expression;
		return this;
	}

	@Override
	public PublisherSpec partition(String expression) {
		this.partition = expression;
		return this;
	}

	@Override
	public PublisherSpec header(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	@Override
	public PublisherSpec contentType(String contentType) {
		this.contentType = contentType;
		return this;
	}

	@Override
	public PublisherSpec codec(String bean) {
		this.codec = bean;
		return this;
	}

	@Override
	public PublisherSpec interceptors(String... beans) {
		this.interceptors.addAll(List.of(beans));
		return this;
	}

	@Override
	public PublisherSpec documentation(Consumer<DocumentationSpec> specification) {
		this.documentation = CodeDocumentation.of(specification);
		return this;
	}

	PublisherEndpoint assemble() {
		return new PublisherEndpoint(this.topic, this.key, this.partition, this.headers,
				new BodySettings(this.codec, this.contentType), this.interceptors, this.documentation);
	}

}
