package dev.millrace.handler;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

import dev.millrace.Acknowledgment;
import dev.millrace.HandledRecord;
import dev.millrace.StreamRecord;

/**
 * Refuses what belongs to Kafka, Spring's messaging or Millrace and never comes out of a
 * body, before it is taken for a type of the application.
 */
final class InfrastructureArgumentResolver implements ArgumentResolver {

	private static final List<String> NAMES = List.of("org.springframework.kafka.", "org.springframework.messaging.",
			"org.apache.kafka.", StreamRecord.class.getName(), HandledRecord.class.getName(),
			Acknowledgment.class.getName());

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

	static boolean isInfrastructure(JavaType type) {
		return NAMES.stream().anyMatch(type.getRawClass().getName()::startsWith);
	}

}
