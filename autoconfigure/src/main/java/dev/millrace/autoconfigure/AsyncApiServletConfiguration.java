package dev.millrace.autoconfigure;

import java.nio.charset.StandardCharsets;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import dev.millrace.asyncapi.AsyncApiDocuments;

/**
 * Serves the AsyncAPI document with Spring MVC.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass(RouterFunction.class)
@Conditional(OnServedDocument.class)
class AsyncApiServletConfiguration {

	@Bean
	RouterFunction<ServerResponse> millraceAsyncApiRoutes(AsyncApiDocuments documents, MillraceProperties properties) {
		String path = properties.getAsyncapi().getPath();
		return RouterFunctions.route()
			.GET(path + ".json", (request) -> respond(MediaType.APPLICATION_JSON, documents.current().toJson()))
			.GET(path + ".yaml", (request) -> respond(MediaType.APPLICATION_YAML, documents.current().toYaml()))
			.build();
	}

	// Bytes, because the charset of text is for converters to choose.
	private static ServerResponse respond(MediaType type, String document) {
		return ServerResponse.ok().contentType(type).body(document.getBytes(StandardCharsets.UTF_8));
	}

}
