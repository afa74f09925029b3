package dev.millrace.broker.autoconfigure;

import java.util.List;
import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when no bootstrap server is configured for any Kafka client, or a test wants
 * the embedded broker whatever is configured: its connection details win over the
 * properties.
 */
final class OnNoBootstrapServersCondition extends SpringBootCondition {

	private static final List<String> PREFIXES = List.of("spring.kafka", "spring.kafka.consumer",
			"spring.kafka.producer", "spring.kafka.admin", "spring.kafka.streams");

	private static final Bindable<List<String>> SERVERS = Bindable.listOf(String.class);

	private static final Bindable<Map<String, String>> PROPERTIES = Bindable.mapOf(String.class, String.class);

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("No Bootstrap Servers");
		if ("EMBEDDED".equals(context.getEnvironment().getProperty("millrace.test.backend"))) {
			return ConditionOutcome.match(message.because("the test wants the embedded broker"));
		}
		Binder binder = Binder.get(context.getEnvironment());
		for (String prefix : PREFIXES) {
			if (isConfigured(binder, prefix)) {
				return ConditionOutcome.noMatch(message.foundExactly("bootstrap servers below '" + prefix + "'"));
			}
		}
		return ConditionOutcome.match(message.because("no bootstrap servers are configured"));
	}

	private boolean isConfigured(Binder binder, String prefix) {
		return !binder.bind(prefix + ".bootstrap-servers", SERVERS).orElse(List.of()).isEmpty()
				|| binder.bind(prefix + ".properties", PROPERTIES).orElse(Map.of()).containsKey("bootstrap.servers");
	}

}
