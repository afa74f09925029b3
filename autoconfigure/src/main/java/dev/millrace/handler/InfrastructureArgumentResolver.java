package dev.millrace.handler;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * Refuses what belongs to Kafka and Spring's messaging and never comes out of a body,
 * before it is taken for a type of the application.
 */
final class InfrastructureArgumentResolver implements ArgumentResolver {

	private static final List<String> PACKAGES = List.of("org.springframework.kafka.", "org.springframework.messaging.",
			"org.apache.kafka.");

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		JavaType type = parameter.type();
		if (type.isContainerType() && isInfrastructure(type.getContentType())) {
			throw parameter.unsupported("takes several records.",
					"Take one record, for which Millrace calls the handler by itself, or have it called with several: "
							+ "@StreamSubscriber(batch = true).");
		}
		if (isInfrastructure(type)) {
			throw parameter.unsupported("is of a type that Millrace doesn't pass to handlers.",
					"Take the body, @Header, @Headers, @Key, ConsumerRecord or ConsumerRecordMetadata instead; "
							+ "to decide about the record, take dev.millrace.Acknowledgment.");
		}
		return null;
	}

	private static boolean isInfrastructure(JavaType type) {
		return PACKAGES.stream().anyMatch(type.getRawClass().getName()::startsWith);
	}

}
