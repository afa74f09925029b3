package dev.millrace.console.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.core.env.Environment;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.util.FileSystemUtils;

/**
 * One browser for all tests of the module, handed to those that ask for it. Where there
 * is none, they are skipped.
 */
public class BrowserExtension implements ExecutionCondition, BeforeEachCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return Browser.isInstalled() ? ConditionEvaluationResult.enabled("There is Chromium")
				: ConditionEvaluationResult
					.disabled("No /usr/bin/chromium and /usr/bin/chromedriver: install chromium and chromium-driver");
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		Environment environment = SpringExtension.getApplicationContext(context).getEnvironment();
		browser(context).begin("http://localhost:" + environment.getProperty("local.server.port")
				+ environment.getProperty("server.servlet.context-path", "") + "/millrace");
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Browser.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return browser(context);
	}

	private static Browser browser(ExtensionContext context) {
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(OpenBrowser.class, (key) -> OpenBrowser.start(), OpenBrowser.class)
			.browser();
	}

	/**
	 * Closed after the last test.
	 */
	private record OpenBrowser(Browser browser, Path profile) implements AutoCloseable {

		static OpenBrowser start() {
			try {
				Path profile = Files.createTempDirectory("console-browser");
				return new OpenBrowser(Browser.start(profile), profile);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void close() throws IOException {
			this.browser.close();
			FileSystemUtils.deleteRecursively(this.profile);
		}

	}

}
