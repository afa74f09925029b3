package dev.millrace.handler;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.handler.annotation.Payload;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.DecodingException;
import dev.millrace.annotation.Key;
import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HandlerMethodFactory}: who takes the body, and how the handler is
 * called.
 */
class HandlerMethodFactoryTests {

	@Test
	void handlerWithoutParametersNeverDecodesTheBody() throws Exception {
		class Handler {

			String handle() {
				return "called";
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.json("{broken"))).isEqualTo("called");
	}

	@Test
	void bodyThatNoParameterTakesIsNotDecoded() throws Exception {
		class Handler {

			String handle(@Key String key, ConsumerRecord<byte[], byte[]> record) {
				return key + record.offset();
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.json("{broken").key("k"))).isEqualTo("k42");
	}

	@Test
	void singleParameterTakesTheWholeBody() throws Exception {
		@NullUnmarked
		class Handler {

			Order handle(Order order) {
				return order;
			}

		}

		TestHandler handler = TestHandler.of(new Handler());

		assertThat(handler.handle(TestRecord.json("{\"id\":1}"))).isEqualTo(new Order(1));
		assertThat(handler.handle(TestRecord.tombstone())).isNull();
	}

	@Test
	void singleParameterBesideAnnotatedOnesTakesTheWholeBody() throws Exception {
		class Handler {

			String handle(@Key String key, String body) {
				return key + "=" + body;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.text("v").key("k"))).isEqualTo("k=v");
	}

	@Test
	void singleByteArrayTakesTheBodyAsItIs() throws Exception {
		class Handler {

			byte[] handle(byte[] body) {
				return body;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.json("\"aGk=\""))).isEqualTo("\"aGk=\"".getBytes());
	}

	@Test
	void genericTypesOfTheBodyAreKept() throws Exception {
		class Handler {

			int handle(Map<String, List<Order>> orders) {
				return orders.get("a").get(0).id();
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.json("{\"a\":[{\"id\":3}]}"))).isEqualTo(3);
	}

	@Test
	void payloadMayBeNullOnlyWhereItSaysSo() throws Exception {
		class Required {

			Object handle(@Payload String body) {
				return body;
			}

		}
		class NotRequired {

			Object handle(@Payload(required = false) String body) {
				return body;
			}

		}
		class Marked {

			Object handle(@Payload @Nullable String body) {
				return body;
			}

		}

		assertThat(TestHandler.of(new NotRequired()).handle(TestRecord.tombstone())).isNull();
		assertThat(TestHandler.of(new Marked()).handle(TestRecord.tombstone())).isNull();
		assertThat(TestHandler.of(new Required()).handle(TestRecord.text("v"))).isEqualTo("v");
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> TestHandler.of(new Required()).handle(TestRecord.tombstone()))
			.withMessage("in-topic-2@42 has no body for parameter 'body' (java.lang.String) "
					+ "of Required.handle(String) of bean 'orders'");
	}

	@Test
	void exceptionOfTheHandlerIsThrownAsItIs() {
		class Handler {

			void handle(String body) throws IOException {
				throw new IOException(body);
			}

		}

		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> TestHandler.of(new Handler()).handle(TestRecord.text("mine")))
			.withMessage("mine")
			.withNoCause();
	}

	@Test
	void errorOfTheHandlerIsThrownAsItIs() {
		class Handler {

			void handle() {
				throw new AssertionError("mine");
			}

		}

		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> TestHandler.of(new Handler()).handle(TestRecord.text("")))
			.withMessage("mine");
	}

	@Test
	void privateHandlerIsCalled() throws Exception {
		HandlerMethod method = new HandlerMethod(new PrivateHandler(), "orders", PrivateHandler.class,
				PrivateHandler.class.getDeclaredMethod("handle", String.class),
				PrivateHandler.class.getDeclaredMethod("handle", String.class));

		assertThat(TestHandler.of(method).handle(TestRecord.text("x"))).isEqualTo("x!");
	}

	@Test
	void invokerServesSeveralThreads() {
		class Handler {

			String handle(String user, int id) {
				return user + id;
			}

		}
		RecordInvoker invoker = TestHandler.of(new Handler()).mapper(JsonMapper.builder().build()).create();

		List<String> results = Stream.iterate(0, (i) -> i + 1).limit(2000).parallel().map((i) -> {
			try {
				return String.valueOf(invoker
					.invoke(TestDelivery.of(TestRecord.json("{\"user\":\"u\",\"id\":%d}".formatted(i)).build())));
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}).toList();

		assertThat(results).hasSize(2000).startsWith("u0", "u1").endsWith("u1999").doesNotHaveDuplicates();
	}

	record Order(int id) {

	}

	static class PrivateHandler {

		private String handle(String body) {
			return body + "!";
		}

	}

}
