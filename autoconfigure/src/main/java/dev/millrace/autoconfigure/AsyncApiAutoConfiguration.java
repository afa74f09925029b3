package dev.millrace.autoconfigure;

import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.asyncapi.AsyncApiDocuments;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.PublishedTopics;

/**
 * Auto-configuration of the AsyncAPI document. It is made when somebody asks for it.
 */
@AutoConfiguration(after = MillraceAutoConfiguration.class)
@ConditionalOnClass({ SchemaGenerator.class, JacksonSchemaModule.class, JakartaValidationModule.class, Yaml.class })
@ConditionalOnBean(EndpointRegistry.class)
@Import({ AsyncApiServletConfiguration.class, AsyncApiReactiveConfiguration.class })
public final class AsyncApiAutoConfiguration {

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	AsyncApiDocuments millraceAsyncApiDocuments(EndpointRegistry registry, PublishedTopics published,
			ObjectProvider<JsonMapper> mapper, MillraceProperties properties, StreamClients clients,
			ObjectProvider<NewTopic> topics, ObjectProvider<BuildProperties> build, Environment environment) {
		return new AsyncApiDocuments(registry, published,
				() -> new AsyncApiSettings(properties, environment.getProperty("spring.application.name"),
						build.getIfAvailable(), clients.consumerFactory().getConfigurationProperties())
					.with(topics.stream()),
				mapper.getIfAvailable(() -> JsonMapper.builder().findAndAddModules().build()));
	}

}
