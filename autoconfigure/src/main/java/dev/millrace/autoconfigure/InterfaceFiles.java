package dev.millrace.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternUtils;

/**
 * Finds of an application's class files those of interfaces. An application has thousands
 * of others, and whoever looks for annotations in a file reads all of it.
 */
final class InterfaceFiles implements ResourcePatternResolver {

	private final ResourcePatternResolver resources;

	/**
	 * Create a finder.
	 * @param loader finds files of all kinds
	 */
	InterfaceFiles(ResourceLoader loader) {
		this.resources = ResourcePatternUtils.getResourcePatternResolver(loader);
	}

	@Override
	public Resource[] getResources(String pattern) throws IOException {
		return Arrays.stream(this.resources.getResources(pattern))
			.filter(InterfaceFiles::mayBeInterface)
			.toArray(Resource[]::new);
	}

	@Override
	public Resource getResource(String location) {
		return this.resources.getResource(location);
	}

	@Override
	public @Nullable ClassLoader getClassLoader() {
		return this.resources.getClassLoader();
	}

	// What can't be read is left to whoever reads it all, and has something to say about
	// it.
	private static boolean mayBeInterface(Resource file) {
		try (InputStream stream = file.getInputStream()) {
			return Modifier.isInterface(new ClassReader(stream).getAccess());
		}
		catch (IOException | RuntimeException ex) {
			return true;
		}
	}

}
