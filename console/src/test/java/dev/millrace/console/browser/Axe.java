package dev.millrace.console.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.webjars.WebJarVersionLocator;

/**
 * The script that looks for what keeps people from using a page.
 */
final class Axe {

	static final String SCRIPT = load();

	private Axe() {
	}

	private static String load() {
		String path = new WebJarVersionLocator().fullPath("axe-core", "axe.min.js");
		try (InputStream stream = Axe.class.getClassLoader().getResourceAsStream(path)) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
