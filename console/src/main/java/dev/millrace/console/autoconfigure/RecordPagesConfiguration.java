package dev.millrace.console.autoconfigure;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

import dev.millrace.StreamOperations;
import dev.millrace.asyncapi.AsyncApiDocuments;
import dev.millrace.autoconfigure.MillraceProperties;
import dev.millrace.config.DryRuns;
import dev.millrace.config.ScanningConsumers;
import dev.millrace.console.deadletters.DeadLettersPage;
import dev.millrace.console.docs.DocsPage;
import dev.millrace.console.topics.TopicBrowser;
import dev.millrace.console.topics.TopicsPage;
import dev.millrace.console.tryit.TryItPage;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.PublishedTopics;

/**
 * The pages about records.
 */
@Configuration(proxyBeanMethods = false)
class RecordPagesConfiguration {

	/**
	 * What serves the document, where it is served.
	 */
	private static final String ROUTES = "millraceAsyncApiRoutes";

	@Bean
	TryItPage millraceTryItPage(EndpointRegistry endpoints, PublishedTopics published, DryRuns runs,
			ObjectProvider<StreamOperations> operations) {
		return new TryItPage(endpoints, published, runs, operations::getObject);
	}

	@Bean
	DeadLettersPage millraceDeadLettersPage(DeadLetters letters, EndpointRegistry endpoints) {
		return new DeadLettersPage(letters, endpoints);
	}

	@Bean
	TopicsPage millraceTopicsPage(EndpointRegistry endpoints, PublishedTopics published, ScanningConsumers consumers) {
		return new TopicsPage(new TopicBrowser(endpoints, published, consumers));
	}

	@Bean
	@ConditionalOnBean(AsyncApiDocuments.class)
	DocsPage millraceDocsPage(AsyncApiDocuments documents, ConsoleProperties console, MillraceProperties properties,
			BeanFactory beanFactory) {
		boolean served = beanFactory.containsBean(ROUTES);
		return new DocsPage(documents, served ? relative(console.getPath(), properties.getAsyncapi().getPath()) : null);
	}

	// From the directory of the console, whatever is in front of both.
	static String relative(String console, String document) {
		return "../".repeat(StringUtils.countOccurrencesOf(console, "/")) + document.replaceFirst("^/", "");
	}

}
