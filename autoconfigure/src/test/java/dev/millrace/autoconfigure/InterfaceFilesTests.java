package dev.millrace.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link InterfaceFiles}.
 */
class InterfaceFilesTests {

	private static final String PATTERN = "classpath*:dev/millrace/autoconfigure/%s*.class";

	private final InterfaceFiles files = new InterfaceFiles(new DefaultResourceLoader());

	@Test
	void filesOfInterfacesAreFound() throws IOException {
		assertThat(this.files.getResources(PATTERN.formatted("interfaces/"))).extracting(Resource::getFilename)
			.contains("Orders.class");
	}

	@Test
	void filesOfClassesAreNot() throws IOException {
		String pattern = PATTERN.formatted("InterfaceFiles");

		assertThat(new PathMatchingResourcePatternResolver().getResources(pattern)).isNotEmpty();
		assertThat(this.files.getResources(pattern)).isEmpty();
	}

	@Test
	void whatIsNoClassFileIsLeftToWhoReadsIt() throws IOException {
		Resource broken = new ByteArrayResource("no class".getBytes(StandardCharsets.UTF_8));
		ResourcePatternResolver resources = mock();
		given(resources.getResources(PATTERN)).willReturn(new Resource[] { broken });

		assertThat(new InterfaceFiles(resources).getResources(PATTERN)).containsExactly(broken);
	}

}
