package dev.millrace.test.autoconfigure;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

import dev.millrace.annotation.StreamSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamTypeExcludeFilter}.
 */
class StreamTypeExcludeFilterTests {

	@Test
	void beansWithAnnotatedMethodsAreScanned() throws IOException {
		assertThat(isLeftOut(Superclass.class)).isFalse();
		assertThat(isLeftOut(Unrelated.class)).isTrue();
	}

	@Test
	void beansWithInheritedMethodsAreScanned() throws IOException {
		assertThat(isLeftOut(OfSuperclass.class)).isFalse();
		assertThat(isLeftOut(OfInterface.class)).isFalse();
		assertThat(isLeftOut(OfInterfaceOfSuperclass.class)).isFalse();
	}

	private static boolean isLeftOut(Class<?> type) throws IOException {
		MetadataReaderFactory readers = new SimpleMetadataReaderFactory();
		return new StreamTypeExcludeFilter(Slice.class).match(readers.getMetadataReader(type.getName()), readers);
	}

	@StreamTest
	private static final class Slice {

	}

	interface Handling {

		@StreamSubscriber("handled")
		void handle(String body);

	}

	interface FurtherHandling extends Handling {

	}

	static class Superclass {

		@StreamSubscriber("handled")
		void handle(String body) {
			// Never called.
		}

	}

	static class OfSuperclass extends Superclass {

	}

	static class OfInterface implements FurtherHandling {

		@Override
		public void handle(String body) {
			// Never called.
		}

	}

	static class OfInterfaceOfSuperclass extends OfInterface {

	}

	static class Unrelated implements Runnable {

		@Override
		public void run() {
			// Never called.
		}

	}

}
