package dev.millrace.autoconfigure;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OnUnpackedApplication}: which directories are those of somebody who
 * builds the application.
 */
class OnUnpackedApplicationTests {

	@TempDir
	private Path root;

	@ParameterizedTest
	@ValueSource(strings = { "shop/target/classes", "shop/target/test-classes", "my shop/größe/target/classes",
			"shop/build/classes/java/main", "shop/build/classes/kotlin/main", "shop/build/classes/java/integrationTest",
			"shop/out/production/shop", "shop/out/test/shop", "shop/bin/main", "shop/bin/test" })
	void directoryOfBuildToolOrIdeIsDevelopment(String directory) throws IOException {
		assertThat(isUnpacked(directory, "com.example.shop")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "app/classes", "app", "classes", "build/app/classes", "build/classes",
			"build/classes/java", "target/app/classes", "usr/local/bin", "opt/shop/bin", "out", "out/production",
			"shop-target/classes", "tomcat/webapps/shop/WEB-INF/classes", "shop/target/shop-1.0/WEB-INF/classes",
			"out/artifacts/shop/WEB-INF/classes", "workspace/BOOT-INF/classes", "target/classes/BOOT-INF/classes" })
	void anyOtherDirectoryIsProduction(String directory) throws IOException {
		assertThat(isUnpacked(directory, "com.example.shop")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "target.classes", "build.classes.java.main", "bin.main" })
	void nameOfPackageMakesNoDevelopment(String packageName) throws IOException {
		assertThat(isUnpacked("app/classes", packageName)).isFalse();
	}

	@Test
	void applicationWithoutPackagesIsProduction() {
		assertThat(OnUnpackedApplication.isUnpacked(new DefaultListableBeanFactory(), new DefaultResourceLoader()))
			.isFalse();
	}

	private boolean isUnpacked(String directory, String packageName) throws IOException {
		Path classes = this.root.resolve(directory);
		Files.createDirectories(classes.resolve(packageName.replace('.', '/')));
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		AutoConfigurationPackages.register(beans, packageName);
		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() }, null)) {
			return OnUnpackedApplication.isUnpacked(beans, new DefaultResourceLoader(loader));
		}
	}

}
