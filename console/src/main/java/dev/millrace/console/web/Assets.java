package dev.millrace.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.webjars.WebJarVersionLocator;

/**
 * The files of the console, all of them from the class path. They are not among the
 * application's static resources, so that none is served where the console is not.
 */
final class Assets {

	/**
	 * Path of the page that all others are shown in.
	 */
	static final String INDEX = "index.html";

	private static final String OWN = "dev/millrace/console/assets/";

	private static final Pattern PATH = Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+)*\\.(html|css|js|svg)");

	private static final Map<String, MediaType> TYPES = Map.of("html", utf8("text/html"), "css", utf8("text/css"), "js",
			utf8("text/javascript"), "svg", MediaType.parseMediaType("image/svg+xml"));

	/**
	 * What is of others, by the path that it has here.
	 */
	private static final Map<String, Library> LIBRARIES = Map.of("vendor/vue.js",
			new Library("vue", "dist/vue.runtime.esm-browser.prod.js"), "vendor/dagre.js",
			new Library("dagre", "dist/dagre.min.js"));

	private final Map<String, Asset> assets = new ConcurrentHashMap<>();

	private final WebJarVersionLocator webJars = new WebJarVersionLocator();

	/**
	 * Find a file.
	 * @param path its path
	 * @return the file, or {@code null} when there is none
	 */
	@Nullable Asset find(String path) {
		if (!PATH.matcher(path).matches()) {
			return null;
		}
		Asset known = this.assets.get(path);
		if (known != null) {
			return known;
		}
		Asset loaded = load(path);
		if (loaded != null) {
			this.assets.put(path, loaded);
		}
		return loaded;
	}

	private @Nullable Asset load(String path) {
		Library library = LIBRARIES.get(path);
		String resource = (library != null) ? library.locate(this.webJars) : OWN + path;
		try (InputStream stream = Assets.class.getClassLoader().getResourceAsStream(resource)) {
			if (stream == null) {
				return null;
			}
			byte[] content = stream.readAllBytes();
			MediaType type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1),
					MediaType.APPLICATION_OCTET_STREAM);
			return new Asset(type, content, "\"" + DigestUtils.md5DigestAsHex(content) + "\"");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The file '" + resource + "' can't be read", ex);
		}
	}

	private static MediaType utf8(String type) {
		return new MediaType(MediaType.parseMediaType(type), StandardCharsets.UTF_8);
	}

	/**
	 * File of a WebJar.
	 *
	 * @param name the name of the WebJar
	 * @param file its path there
	 */
	private record Library(String name, String file) {

		String locate(WebJarVersionLocator webJars) {
			String path = webJars.fullPath(this.name, this.file);
			if (path == null) {
				throw new IllegalStateException("The WebJar '" + this.name + "' is not on the class path");
			}
			return path;
		}

	}

}
