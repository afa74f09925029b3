package dev.millrace.handler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.ReflectionUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.millrace.Response;
import dev.millrace.StreamConfigurationException;
import dev.millrace.Tombstone;
import dev.millrace.endpoint.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ResultType}.
 */
class ResultTypeTests {

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "boxedNothing", "optionalNothing" })
	void isVoid(String method) {
		assertThat(type(method).isVoid()).isTrue();
		assertThat(type(method).isAsync()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "laterNothing", "monoNothing" })
	void isVoidLater(String method) {
		assertThat(type(method).isVoid()).isTrue();
		assertThat(type(method).isAsync()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "laterText", "futureText", "monoText", "laterOptionalText", "subclassText" })
	void isTextLater(String method) {
		assertThat(type(method).isAsync()).isTrue();
		assertThat(type(method).isVoid()).isFalse();
		assertThat(type(method).valueType().getType()).isEqualTo(String.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "optionalText" })
	void isTextAtOnce(String method) {
		assertThat(type(method).isAsync()).isFalse();
		assertThat(type(method).isVoid()).isFalse();
		assertThat(type(method).valueType().getType()).isEqualTo(String.class);
	}

	@Test
	void typeVariablesAreResolvedAgainstTheClassOfTheBean() {
		assertThat(type("generic").valueType().resolve()).isEqualTo(Integer.class);
		assertThat(type("genericMap").valueType().getGeneric(1, 0).resolve()).isEqualTo(Integer.class);
		assertThat(type("laterGenericList").valueType()).hasToString("java.util.List<java.lang.Integer>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "raw", "unbounded", "object" })
	void valueIsAnObjectWhereTheHandlerSaysNothing(String method) {
		assertThat(type(method).valueType().resolve()).isEqualTo(Object.class);
		assertThat(type(method).isVoid()).isFalse();
	}

	@Test
	void boundOfAWildcardIsTheType() {
		assertThat(type("bounded").valueType().resolve()).isEqualTo(Number.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "flux", "flow", "plainFuture", "laterFlux" })
	void whatNobodyWouldWaitForFailsAtStart(String method) {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> type(method)).satisfies((ex) -> {
			assertThat(ex.description()).startsWith("Handlers." + method + "() of bean 'orders' returns a ");
			assertThat(ex.action()).contains("Mono<List<...>>");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "responseArray", "responseStream", "responseIterable", "laterTombstones" })
	void responsesThatWouldBeOneRecordFailAtStart(String method) {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> type(method)).satisfies((ex) -> {
			assertThat(ex.description()).startsWith("Handlers." + method + "() of bean 'orders' returns ");
			assertThat(ex.action()).contains("List");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "textArray", "textStream", "responseSet" })
	void whatIsOneRecordOrACollectionOfResponsesIsFine(String method) {
		assertThat(type(method).isVoid()).isFalse();
	}

	private static ResultType type(String name) {
		var method = ReflectionUtils.findMethod(Handlers.class, name);
		assertThat(method).isNotNull();
		return ResultType.of(new HandlerMethod(new Handlers(), "orders", Handlers.class, method, method));
	}

	@SuppressWarnings("rawtypes")
	interface Declared<T> {

		default void nothing() {
		}

		default Void boxedNothing() {
			return answer();
		}

		default Optional<Void> optionalNothing() {
			return answer();
		}

		default CompletionStage<Void> laterNothing() {
			return answer();
		}

		default Mono<Void> monoNothing() {
			return answer();
		}

		default CompletionStage<String> laterText() {
			return answer();
		}

		default CompletableFuture<String> futureText() {
			return answer();
		}

		default Mono<String> monoText() {
			return answer();
		}

		default CompletionStage<Optional<String>> laterOptionalText() {
			return answer();
		}

		default TextFuture subclassText() {
			return answer();
		}

		default String text() {
			return answer();
		}

		default Optional<String> optionalText() {
			return answer();
		}

		default T generic() {
			return answer();
		}

		default Map<String, List<T>> genericMap() {
			return answer();
		}

		default CompletionStage<List<T>> laterGenericList() {
			return answer();
		}

		default CompletionStage raw() {
			return answer();
		}

		default Mono<?> unbounded() {
			return answer();
		}

		default Object object() {
			return answer();
		}

		default CompletionStage<? extends Number> bounded() {
			return answer();
		}

		default Flux<String> flux() {
			return answer();
		}

		default Flow.Publisher<String> flow() {
			return answer();
		}

		default Future<String> plainFuture() {
			return answer();
		}

		default CompletionStage<Flux<String>> laterFlux() {
			return answer();
		}

		default Response<T>[] responseArray() {
			return answer();
		}

		default Stream<Response<T>> responseStream() {
			return answer();
		}

		default Iterable<? extends Response<T>> responseIterable() {
			return answer();
		}

		default CompletionStage<Tombstone[]> laterTombstones() {
			return answer();
		}

		default String[] textArray() {
			return answer();
		}

		default Stream<String> textStream() {
			return answer();
		}

		default Set<Response<T>> responseSet() {
			return answer();
		}

		private <V> V answer() {
			throw new UnsupportedOperationException();
		}

	}

	static class Handlers implements Declared<Integer> {

	}

	static class TextFuture extends CompletableFuture<String> {

	}

}
