package dev.millrace.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.millrace.DocumentationSpec;
import dev.millrace.endpoint.Documentation;

/**
 * What code says about what it declares.
 */
final class CodeDocumentation implements DocumentationSpec {

	private final List<String> tags = new ArrayList<>();

	private final List<String> examples = new ArrayList<>();

	private @Nullable String title;

	private @Nullable String description;

	private @Nullable Class<?> type;

	private boolean hidden;

	private CodeDocumentation() {
	}

	static Documentation of(Consumer<DocumentationSpec> specification) {
		CodeDocumentation said = new CodeDocumentation();
		specification.accept(said);
		return new Documentation(said.title, said.description, said.tags, said.examples, said.type, said.hidden);
	}

	@Override
	public DocumentationSpec title(String title) {
		this.title = title;
		return this;
	}

	@Override
	public DocumentationSpec description(String description) {
		this.description = description;
		return this;
	}

	@Override
	public DocumentationSpec tags(String... tags) {
		this.tags.addAll(List.of(tags));
		return this;
	}

	@Override
	public DocumentationSpec example(String example) {
		this.examples.add(example);
		return this;
	}

	@Override
	public DocumentationSpec type(Class<?> type) {
		this.type = type;
		return this;
	}

	@Override
	public DocumentationSpec hidden() {
		this.hidden = true;
		return this;
	}

}
