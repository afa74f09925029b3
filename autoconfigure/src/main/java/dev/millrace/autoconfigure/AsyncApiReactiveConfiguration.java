package dev.millrace.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.millrace.asyncapi.AsyncApiDocument;
import dev.millrace.asyncapi.AsyncApiDocuments;

/**
 * Serves the AsyncAPI document with Spring WebFlux.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(RouterFunction.class)
@Conditional(OnServedDocument.class)
class AsyncApiReactiveConfiguration {

	@Bean
	RouterFunction<ServerResponse> millraceAsyncApiRoutes(AsyncApiDocuments documents, MillraceProperties properties) {
		String path = properties.getAsyncapi().getPath();
		return RouterFunctions.route()
			.GET(path + ".json", (request) -> respond(MediaType.APPLICATION_JSON, documents, AsyncApiDocument::toJson))
			.GET(path + ".yaml", (request) -> respond(MediaType.APPLICATION_YAML, documents, AsyncApiDocument::toYaml))
			.build();
	}

	// Making it takes a while that no event loop has.
	private static Mono<ServerResponse> respond(MediaType type, AsyncApiDocuments documents,
			Function<AsyncApiDocument, String> format) {
		return Mono.fromCallable(() -> format.apply(documents.current()).getBytes(StandardCharsets.UTF_8))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((body) -> ServerResponse.ok().contentType(type).bodyValue(body));
	}

}
