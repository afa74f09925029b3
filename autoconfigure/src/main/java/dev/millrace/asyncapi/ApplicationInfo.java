package dev.millrace.asyncapi;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the document says about the application.
 *
 * @param id its identifier, a URI, or {@code null}
 * @param title its name
 * @param version its version
 * @param description what it is there for, or {@code null}
 * @param termsOfService where the terms of service are, or {@code null}
 * @param contact whom to ask, or {@code null}
 * @param license its license, or {@code null}
 * @param tags its tags
 * @param externalDocs where there is more to read, or {@code null}
 */
public record ApplicationInfo(@Nullable String id, String title, String version, @Nullable String description,
		@Nullable String termsOfService, @Nullable Contact contact, @Nullable License license, List<String> tags,
		@Nullable String externalDocs) {

	public ApplicationInfo {
		tags = List.copyOf(tags);
	}

	/**
	 * Whom to ask.
	 *
	 * @param name the name, or {@code null}
	 * @param url the page, or {@code null}
	 * @param email the address, or {@code null}
	 */
	public record Contact(@Nullable String name, @Nullable String url, @Nullable String email) {

	}

	/**
	 * License of the application.
	 *
	 * @param name the name
	 * @param url the page, or {@code null}
	 */
	public record License(String name, @Nullable String url) {

	}

}
