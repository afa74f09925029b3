package dev.millrace.asyncapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * AsyncAPI document. Immutable. The same declarations give the same text, byte for byte.
 *
 * @see <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">AsyncAPI
 * 3.0.0</a>
 */
public final class AsyncApiDocument {

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private static final String NO_DOCUMENT = "%s is no document in JSON, which 'writeTo' writes";

	private final ObjectNode root;

	AsyncApiDocument(ObjectNode root) {
		this.root = root;
	}

	/**
	 * Read a document that was written before.
	 * @param file the file, in JSON
	 * @return the document
	 * @throws UncheckedIOException when it can't be read, or is no document in JSON
	 */
	public static AsyncApiDocument read(Path file) {
		try {
			if (MAPPER.readTree(Files.readString(file)) instanceof ObjectNode root) {
				return new AsyncApiDocument(root);
			}
			throw new UncheckedIOException(new IOException(NO_DOCUMENT.formatted(file)));
		}
		catch (JacksonException ex) {
			throw new UncheckedIOException(new IOException(NO_DOCUMENT.formatted(file), ex));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write the document as JSON, with directories where there are none.
	 * @param file the file, which is replaced
	 * @throws UncheckedIOException when it can't be written
	 */
	public void writeTo(Path file) {
		try {
			Path directory = file.toAbsolutePath().getParent();
			if (directory != null) {
				Files.createDirectories(directory);
			}
			Files.writeString(file, toJson());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the document as JSON.
	 * @return the text, indented, with a line feed at the end
	 */
	public String toJson() {
		return MAPPER.writeValueAsString(this.root).replace("\r\n", "\n") + "\n";
	}

	/**
	 * Return the document as YAML.
	 * @return the text
	 */
	public String toYaml() {
		DumperOptions options = new DumperOptions();
		options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
		options.setLineBreak(DumperOptions.LineBreak.UNIX);
		options.setSplitLines(false);
		// By way of the text, because numbers of other kinds would get a tag.
		return new Yaml(options).dump(MAPPER.readValue(toJson(), Map.class));
	}

	/**
	 * Find out what would break those who have relied on an earlier document: who sends
	 * what this application receives, and who receives what it sends or answers.
	 * @param earlier the earlier document
	 * @return what breaks them, one sentence each; empty when nothing does
	 */
	public List<String> breakingChangesSince(AsyncApiDocument earlier) {
		return new Compatibility(earlier.root, this.root).breakingChanges();
	}

	/**
	 * Check that this document breaks nobody who has relied on an earlier one.
	 * @param earlier the file of the earlier one, in JSON
	 * @throws IncompatibleDocumentException when it does; the message names every change
	 * @throws UncheckedIOException when the file can't be read, or is no document in JSON
	 * @see #breakingChangesSince
	 */
	public void checkCompatibleWith(Path earlier) {
		List<String> changes = breakingChangesSince(read(earlier));
		if (!changes.isEmpty()) {
			throw new IncompatibleDocumentException(earlier, changes);
		}
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof AsyncApiDocument document && this.root.equals(document.root);
	}

	@Override
	public int hashCode() {
		return this.root.hashCode();
	}

	@Override
	public String toString() {
		return toJson();
	}

}
