package dev.millrace.config;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.handler.annotation.Header;

import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.Path;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.HandlerSignature;
import dev.millrace.endpoint.NamedType;
import dev.millrace.endpoint.SubscriberEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AnnotationText}: placeholders and expressions.
 */
class AnnotationTextTests {

	private final TestReader reader = new TestReader();

	@Test
	void placeholdersAreResolvedInEveryAttribute() {
		SubscriberEndpoint endpoint = this.reader.property("x", "7").read(Placeholders.class);

		assertThat(endpoint.id()).isEqualTo("id-7");
		assertThat(endpoint.subscription().topics()).containsExactly("in-7", "default");
		assertThat(endpoint.consumer().groupId()).isEqualTo("group-7");
		assertThat(endpoint.consumer().clientId()).isEqualTo("client-7");
		assertThat(endpoint.consumer().autoStartup()).isTrue();
		assertThat(endpoint.consumer().properties()).containsEntry("auto.offset.reset", "none")
			.containsEntry("fetch.min.bytes", "7");
		assertThat(endpoint.flow().concurrency()).isEqualTo(7);
	}

	@Test
	void placeholdersAreResolvedInAnnotationsOfParameters() {
		SubscriberEndpoint endpoint = this.reader.property("x", "7").read(Parameters.class);

		HandlerSignature signature = endpoint.handlers().get(0).signature();
		assertThat(signature.headers()).extracting(NamedType::name).containsExactly("h-7", "own");
		assertThat(signature.headers()).extracting(NamedType::defaultValue).containsExactly("d-7", null);
		assertThat(signature.path()).extracting(NamedType::name).containsExactly("p7");
	}

	@Test
	void placeholderOfAParameterThatCantBeResolvedIsNamedTogetherWithTheMethod() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.read(Parameters.class))
			.satisfies((ex) -> {
				assertThat(ex.description()).isEqualTo("The parameter 'header' (java.lang.String) of "
						+ "Parameters.handle(String, String, String, String) of bean 'orders' holds 'h-${x}', "
						+ "which can't be resolved.");
				assertThat(ex.action()).isEqualTo("Define the property or correct the expression.");
				assertThat(ex.getCause()).hasMessageContaining("'x'");
			});
	}

	@Test
	void expressionsMayReadBeansAndYieldSeveralTopics() {
		SubscriberEndpoint endpoint = this.reader.property("topics", "d,e")
			.singleton("names", new Names(List.of("a", "b"), new String[] { "c" }))
			.read(Expressions.class);

		assertThat(endpoint.subscription().topics()).containsExactly("a", "b", "c", "d", "e", "f");
		assertThat(endpoint.flow().concurrency()).isEqualTo(6);
	}

	@Test
	void valueThatResolvesToNothingIsAsIfItWereNotThere() {
		SubscriberEndpoint endpoint = this.reader.property("group", " ").read(Empty.class);

		assertThat(endpoint.consumer().groupId()).isEqualTo("app.orders-handle");
		assertThat(endpoint.subscription().topics()).containsExactly("in");
	}

	@Test
	void placeholderThatCantBeResolvedIsNamedTogetherWithTheMethod() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.read(Placeholders.class))
			.satisfies((ex) -> {
				assertThat(ex.description()).isEqualTo(
						"Placeholders.handle(String) of bean 'orders' holds 'in-${x}', which can't be resolved.");
				assertThat(ex.action()).isEqualTo("Define the property or correct the expression.");
				assertThat(ex.getCause()).hasMessageContaining("'x'");
			});
	}

	@ParameterizedTest
	@ValueSource(classes = { NoBean.class, NoExpression.class })
	void expressionThatCantBeEvaluatedIsNamedTogetherWithTheMethod(Class<?> type) {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> this.reader.read(type))
			.satisfies((ex) -> assertThat(ex.description())
				.startsWith(type.getSimpleName() + ".handle(String) of bean 'orders' holds '#{")
				.endsWith("', which can't be resolved."));
	}

	@Test
	void pairWithoutANameIsAnError() {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> this.reader.read(NoPair.class))
			.satisfies((ex) -> {
				assertThat(ex.description())
					.isEqualTo("The attribute 'properties' of NoPair.handle(String) of bean 'orders' holds '=5'.");
				assertThat(ex.action()).isEqualTo("Write each entry as name=value.");
			});
	}

	/**
	 * Bean that expressions read.
	 */
	record Names(List<String> list, String[] array) {

	}

	static class Placeholders {

		@StreamSubscriber(topics = { "in-${x}", "${missing:default}" }, id = "id-${x}", groupId = "group-${x}",
				clientId = "client-${x}", concurrency = "${x}", autoStartup = "${missing:true}",
				autoOffsetReset = "${missing:none}", properties = "fetch.min.bytes=${x}")
		void handle(String body) {
		}

	}

	static class Parameters {

		@StreamSubscriber("in-{p7}")
		void handle(String body, @Header(name = "h-${x}", defaultValue = "d-${x}") String header,
				@Header("${none:}") String own, @Path("p${x}") String path) {
		}

	}

	static class Expressions {

		@StreamSubscriber(topics = { "#{names.list}", "#{@names.array()}", "#{'${topics}'.split(',')}", "f" },
				concurrency = "#{2 * 3}")
		void handle(String body) {
		}

	}

	static class Empty {

		@StreamSubscriber(topics = { "in", "${none:}" }, groupId = "${group}")
		void handle(String body) {
		}

	}

	static class NoBean {

		@StreamSubscriber("#{@missing.topic}")
		void handle(String body) {
		}

	}

	static class NoExpression {

		@StreamSubscriber("#{1 +}")
		void handle(String body) {
		}

	}

	static class NoPair {

		@StreamSubscriber(topics = "in", properties = "=5")
		void handle(String body) {
		}

	}

}
