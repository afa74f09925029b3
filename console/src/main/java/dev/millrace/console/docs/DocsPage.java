package dev.millrace.console.docs;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.asyncapi.AsyncApiDocument;
import dev.millrace.asyncapi.AsyncApiDocuments;
import dev.millrace.console.ConsoleOperations;
import dev.millrace.console.ConsolePage;

/**
 * Page <em>Docs</em>. What it shows is also what the page <em>Try it</em> makes its forms
 * of.
 */
public final class DocsPage implements ConsolePage {

	private final JsonMapper mapper = new JsonMapper();

	private final AsyncApiDocuments documents;

	private final @Nullable String served;

	/**
	 * Create the page.
	 * @param documents makes the document
	 * @param served where the application itself serves it, relative to the console and
	 * without the ending, or {@code null}
	 */
	public DocsPage(AsyncApiDocuments documents, @Nullable String served) {
		this.documents = documents;
		this.served = served;
	}

	@Override
	public void addTo(ConsoleOperations operations) {
		operations.read("docs", (request) -> {
			AsyncApiDocument document = this.documents.current();
			String json = document.toJson();
			return new DocsView(this.mapper.readTree(json), json, document.toYaml(), this.served);
		});
	}

}
