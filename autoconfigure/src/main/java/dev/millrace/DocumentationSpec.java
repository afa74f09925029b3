package dev.millrace;

/**
 * Says what the AsyncAPI document is to say about a subscriber, a handler or a publisher
 * that is declared in code. Every setting means what the attribute of
 * {@link dev.millrace.annotation.Documentation @Documentation} with the same name means.
 */
public interface DocumentationSpec {

	/**
	 * Set the name for people.
	 * @param title the title
	 * @return this
	 */
	DocumentationSpec title(String title);

	/**
	 * Say what it is there for.
	 * @param description the description, in CommonMark
	 * @return this
	 */
	DocumentationSpec description(String description);

	/**
	 * Add tags.
	 * @param tags the tags
	 * @return this
	 */
	DocumentationSpec tags(String... tags);

	/**
	 * Add a body that is a good example.
	 * @param example the body in JSON; what is no JSON is taken as text
	 * @return this
	 */
	DocumentationSpec example(String example);

	/**
	 * Set the type of the bodies, which is not known of the results of functions.
	 * @param type the type
	 * @return this
	 */
	DocumentationSpec type(Class<?> type);

	/**
	 * Leave it out of the document.
	 * @return this
	 */
	DocumentationSpec hidden();

}
