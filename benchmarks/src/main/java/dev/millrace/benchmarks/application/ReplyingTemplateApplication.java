package dev.millrace.benchmarks.application;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.support.converter.StringJacksonJsonMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.support.GenericMessage;

import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Output;

/**
 * Requests and answers with spring-kafka.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ReplyingTemplateApplication {

	private static final ParameterizedTypeReference<Invoice> INVOICE = new ParameterizedTypeReference<>() {
	};

	private static final ParameterizedTypeReference<ConcurrentKafkaListenerContainerFactory<Object, Object>> CONTAINERS = new ParameterizedTypeReference<>() {
	};

	private static final ParameterizedTypeReference<ProducerFactory<Object, Object>> PRODUCERS = new ParameterizedTypeReference<>() {
	};

	/**
	 * Makes all requests.
	 * @param values properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] values) throws InterruptedException {
		Arguments arguments = new Arguments(values);
		try (ConfigurableApplicationContext context = Applications.builder(ReplyingTemplateApplication.class)
			.run(values)) {
			ReplyingKafkaTemplate<Object, Object, Object> template = template(context, arguments.get("output"));
			template.start();
			template.waitForAssignment(Duration.ofMinutes(1));
			String input = arguments.get("input");
			Output.report(new RequestLoad(arguments).run((order) -> send(template, input, order)));
			template.stop();
		}
	}

	@Bean
	StringJacksonJsonMessageConverter converter() {
		return new StringJacksonJsonMessageConverter();
	}

	@Bean
	Handler handler() {
		return new Handler();
	}

	// It is no bean, because it would be taken for the template that answers.
	private static ReplyingKafkaTemplate<Object, Object, Object> template(ApplicationContext context, String output) {
		ConcurrentMessageListenerContainer<Object, Object> replies = context
			.<ConcurrentKafkaListenerContainerFactory<Object, Object>>getBeanProvider(CONTAINERS)
			.getObject()
			.createContainer(output);
		replies.getContainerProperties().setGroupId(output + "-replies");
		ReplyingKafkaTemplate<Object, Object, Object> template = new ReplyingKafkaTemplate<>(
				context.<ProducerFactory<Object, Object>>getBeanProvider(PRODUCERS).getObject(), replies);
		template.setMessageConverter(context.getBean(StringJacksonJsonMessageConverter.class));
		template.afterPropertiesSet();
		return template;
	}

	private static CompletableFuture<@Nullable Invoice> send(ReplyingKafkaTemplate<Object, Object, Object> template,
			String input, Order order) {
		Message<Order> request = new GenericMessage<>(order,
				Map.of(KafkaHeaders.TOPIC, input, KafkaHeaders.KEY, order.customer()));
		return template.sendAndReceive(request, INVOICE).thenApply((reply) -> (Invoice) reply.getPayload());
	}

	/**
	 * The handler.
	 */
	static class Handler {

		@KafkaListener(topics = "${input}", groupId = "${group}")
		@SendTo
		Invoice handle(Order order) {
			return Invoice.of(order);
		}

	}

}
