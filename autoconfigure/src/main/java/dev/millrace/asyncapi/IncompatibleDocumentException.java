package dev.millrace.asyncapi;

import java.nio.file.Path;
import java.util.List;

import dev.millrace.StreamException;

/**
 * Says that a document breaks those who have relied on an earlier one.
 */
public class IncompatibleDocumentException extends StreamException {

	private static final long serialVersionUID = 1L;

	private final List<String> changes;

	IncompatibleDocumentException(Path earlier, List<String> changes) {
		super("%d breaking change(s) since %s:%n- %s%nIf they are meant, replace that file by the current document."
			.formatted(changes.size(), earlier, String.join(System.lineSeparator() + "- ", changes)), null);
		this.changes = List.copyOf(changes);
	}

	/**
	 * Return what breaks.
	 * @return one sentence each
	 */
	public List<String> changes() {
		return this.changes;
	}

}
