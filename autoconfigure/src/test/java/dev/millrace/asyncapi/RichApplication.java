package dev.millrace.asyncapi;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.validation.annotation.Validated;

import dev.millrace.Response;
import dev.millrace.StreamConfigurer;
import dev.millrace.StreamOperations;
import dev.millrace.TopicPublisher;
import dev.millrace.annotation.Documentation;
import dev.millrace.annotation.Key;
import dev.millrace.annotation.Path;
import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Application that has one of everything that the document describes.
 */
@Configuration(proxyBeanMethods = false)
@Import({ RichApplication.Billing.class, RichApplication.Registrations.class, RichApplication.Logs.class,
		RichApplication.Customers.class, RichApplication.Readings.class, RichApplication.Shapes.class,
		RichApplication.Events.class, RichApplication.Internal.class })
class RichApplication {

	@Bean
	NewTopic orders() {
		return TopicBuilder.name("orders").partitions(12).replicas(3).compact().config("retention.ms", "60000").build();
	}

	@Bean
	TopicPublisher<Reading> readings(StreamOperations operations) {
		return operations.publisher("readings", Reading.class);
	}

	@Bean
	StreamConfigurer inCode() {
		return (subscribers) -> subscribers.subscriber("in-code", (subscriber) -> subscriber.topics("returns")
			.documentation((said) -> said.description("Declared in code.").tags("code"))
			.handle(Order.class, (order, record) -> new Invoice(UUID.randomUUID(), BigDecimal.ONE), (handler) -> handler
				.publishTo("refunds", (publisher) -> publisher.documentation((said) -> said.type(Invoice.class)))));
	}

	enum Status {

		@JsonProperty("new")
		NEW,

		PAID

	}

	enum Region {

		EU, US

	}

	record OrderId(@JsonValue String value) {

	}

	@NullMarked
	record Order(OrderId id, @JsonPropertyDescription("What it is about.") @Size(min = 1, max = 100) List<Item> items,
			Status status, Instant placed, @Nullable LocalDate due, Optional<String> note, Map<String, Integer> counts,
			@JsonProperty("e_mail") @Email String email, @JsonIgnore @Nullable String internal, byte[] signature,
			Duration timeout) {

		@JsonProperty
		BigDecimal total() {
			return BigDecimal.ONE;
		}

	}

	record Item(@NotBlank String name, @Min(1) @Max(99) int amount, @Pattern(regexp = "[A-Z]{3}") String currency,
			@NotNull BigDecimal price) {

	}

	record Invoice(UUID id, BigDecimal amount) {

	}

	record Customer(String name, @Nullable Customer referredBy) {

	}

	record Reading(String sensor, double value, Instant at) {

	}

	record Page<T>(List<T> content, int number) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Circle.class, name = "circle"),
			@JsonSubTypes.Type(value = Square.class, name = "square") })
	interface Shape {

	}

	record Circle(double radius) implements Shape {

	}

	record Square(double side) implements Shape {

	}

	static class Billing {

		@StreamSubscriber(id = "billing", topics = "orders", groupId = "billing", clientId = "billing-client",
				documentation = @Documentation(title = "Billing", description = "Makes invoices of ${what:orders}.",
						tags = "money",
						examples = "{\"id\": \"1\", \"items\": [{\"name\": \"a\", \"amount\": 1, \"price\": 2}],"
								+ " \"status\": \"new\", \"placed\": \"2026-01-01T00:00:00Z\", \"counts\": {},"
								+ " \"e_mail\": \"a@b.example\", \"signature\": \"\", \"timeout\": \"PT1S\", \"total\": 1}"))
		@StreamPublisher(topic = "invoices", key = "id", headers = "source=billing",
				documentation = @Documentation(title = "Invoice", description = "One for each order."))
		@StreamPublisher(topic = "invoice-pages", documentation = @Documentation(hidden = true))
		Invoice bill(@Validated Order order, @Key String key, @Header("tenant") Region tenant,
				@Header(name = "priority", defaultValue = "5") int priority,
				@Header(name = "kafka_offset") long offset) {
			return new Invoice(UUID.randomUUID(), BigDecimal.ONE);
		}

		@StreamSubscriber(id = "hidden", topics = "hidden", documentation = @Documentation(hidden = true))
		@StreamPublisher("hidden-too")
		String hidden(String body) {
			return body;
		}

	}

	static class Registrations {

		@StreamSubscriber(id = "registrations", topics = "registrations")
		@StreamPublisher("registered")
		String register(@NotBlank @Size(max = 20) String user, @Min(1) int userId, Optional<String> nickName) {
			return user;
		}

		@StreamSubscriber(id = "search", topics = "search")
		Response<Page<Order>> search(String query) {
			return Response.of(new Page<>(List.of(), 0));
		}

		@StreamSubscriber(id = "several", topics = { "one", "two" }, contentType = "application/vnd.order+json")
		void several(Order order) {
		}

	}

	static class Logs {

		@StreamSubscriber(id = "logs", topics = "logs.{level:info|warn}.{region}.{host:h\\d+}.{rest}", reply = false)
		String log(@Path String level, @Path Region region, String line) {
			return line;
		}

		@StreamSubscriber(id = "audit", pattern = "audit-.*")
		void audit(byte[] entry, @Key byte[] key) {
		}

	}

	static class Customers {

		@StreamSubscriber(id = "customers", topics = "customers")
		void customer(@Nullable Customer customer, @Key long id) {
		}

	}

	static class Readings {

		@StreamSubscriber(id = "readings", topics = "readings", batch = true)
		@StreamPublisher("averages")
		List<Double> readings(List<Reading> readings, @Key List<String> sensors) {
			return List.of();
		}

	}

	@StreamRouter(prefix = "geo.", documentation = @Documentation(tags = "geometry"))
	static class Shapes {

		@StreamSubscriber(id = "shapes", topics = "shapes", documentation = @Documentation(tags = "drawing"))
		@StreamPublisher("areas")
		double area(Shape shape) {
			return 0;
		}

	}

	@StreamRouter(prefix = "internal.", documentation = @Documentation(hidden = true))
	static class Internal {

		@StreamSubscriber(id = "hidden-by-router", topics = "hidden-by-router")
		@StreamPublisher("hidden-by-router-too")
		String hidden(String body) {
			return body;
		}

	}

	@StreamSubscriber(id = "events", topics = "events")
	static class Events {

		@StreamHandler(documentation = @Documentation(title = "Created"))
		@StreamFilter(headers = "type=created")
		void created(First.Event event) {
		}

		@StreamHandler
		@StreamFilter(headers = "type=deleted", contentType = "application/vnd.deleted+json")
		void deleted(Second.Event event) {
		}

		@StreamHandler(documentation = @Documentation(type = Invoice.class))
		void other(Object event) {
		}

	}

	interface Receipts {

		@StreamPublisher(topic = "receipts", documentation = @Documentation(description = "What was paid."))
		void paid(Invoice invoice, @Key String customer, @Header("channel") String channel);

	}

	static final class First {

		record Event(String name) {

		}

	}

	static final class Second {

		record Event(long id) {

		}

	}

}
