package dev.millrace.handler;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.validation.annotation.Validated;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.Acknowledgment;
import dev.millrace.DecodingException;
import dev.millrace.RejectRecord;
import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.Key;
import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.Subscription;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MethodBatchInvoker}: what the elements of the lists are, and which
 * records are left out.
 */
class BatchInvokerTests {

	private static final ValidatorFactory FACTORY = Validation.byDefaultProvider()
		.configure()
		.messageInterpolator(new ParameterMessageInterpolator())
		.buildValidatorFactory();

	@AfterAll
	static void close() {
		FACTORY.close();
	}

	@Test
	void elementsAreReadEachByItsOwnContentType() throws Exception {
		class Handler {

			Object handle(List<Object> bodies) {
				return List.copyOf(bodies);
			}

		}
		BatchCall call = prepare(new Handler(), TestRecord.json("{\"a\":1}"), TestRecord.text("[1]"),
				TestRecord.json("[1]"));
		assertThat(call.invoke()).hasToString("[{a=1}, [1], [1]]");
		assertThat(((List<?>) call.invoke()).get(1)).isEqualTo("[1]");
	}

	@Test
	void elementThatCannotBeBoundIsLeftOutOfAllLists() throws Exception {
		class Handler {

			Object handle(List<Integer> bodies, @Key List<String> keys, @Header("n") Iterable<Integer> headers) {
				return bodies + " " + keys + " " + headers;
			}

		}
		List<Delivery> deliveries = deliveries(TestRecord.json("1").key("a").header("n", "10"),
				TestRecord.json("x").key("b").header("n", "20"), TestRecord.json("3").key("c").header("n", "thirty"),
				TestRecord.json("4").key("d").header("n", "40"));
		BatchCall call = invoker(new Handler()).prepare(deliveries);
		assertThat(call.invoke()).isEqualTo("[1, 4] [a, d] [10, 40]");
		assertThat(deliveries).extracting(call::failure)
			.satisfiesExactly((none) -> assertThat(none).isNull(),
					(failure) -> assertThat(failure).isInstanceOf(DecodingException.class).hasMessageContaining("body"),
					(failure) -> assertThat(failure).isInstanceOf(DecodingException.class)
						.hasMessageContaining("header 'n'"),
					(none) -> assertThat(none).isNull());
	}

	@Test
	void listWithoutATypeHasWhatTheContentTypeSays() throws Exception {
		class Handler {

			@SuppressWarnings("rawtypes")
			Object handle(List bodies) {
				return bodies;
			}

		}
		assertThat(prepare(new Handler(), TestRecord.json("1"), TestRecord.text("1")).invoke())
			.isEqualTo(List.of(1, "1"));
	}

	@Test
	void optionalElementsAreEmptyForTombstones() throws Exception {
		class Handler {

			Object handle(List<Optional<Integer>> bodies) {
				return bodies;
			}

		}
		assertThat(prepare(new Handler(), TestRecord.json("1"), TestRecord.tombstone()).invoke())
			.isEqualTo(List.of(Optional.of(1), Optional.empty()));
	}

	@Test
	void elementThatIsNotValidIsLeftOut() throws Exception {
		class Handler {

			Object handle(List<@Valid Order> orders, @Key List<@NotBlank String> keys) {
				return orders.size() + " " + keys;
			}

		}
		List<Delivery> deliveries = deliveries(TestRecord.json("{\"count\":1}").key("a"),
				TestRecord.json("{\"count\":0}").key("b"), TestRecord.json("{\"count\":3}").key(" "),
				TestRecord.json("{\"count\":4}").key("d"));
		BatchCall call = invoker(new Handler()).prepare(deliveries);
		assertThat(call.invoke()).isEqualTo("2 [a, d]");
		assertThat(call.failure(deliveries.get(1))).isInstanceOf(ConstraintViolationException.class)
			.hasMessage("handle.orders[1].count: must be greater than or equal to 1");
		assertThat(call.failure(deliveries.get(2))).isInstanceOf(ConstraintViolationException.class)
			.hasMessageStartingWith("handle.keys[2]")
			.hasMessageContaining("must not be blank");
	}

	@Test
	void springsAnnotationChecksElements() throws Exception {
		class Handler {

			Object handle(@Validated List<Order> orders) {
				return orders.size();
			}

		}
		List<Delivery> deliveries = deliveries(TestRecord.json("{\"count\":1}"), TestRecord.json("{\"count\":0}"));
		BatchCall call = invoker(new Handler()).prepare(deliveries);
		assertThat(call.invoke()).isEqualTo(1);
		assertThat(call.failure(deliveries.get(1))).isInstanceOf(ConstraintViolationException.class);
	}

	@Test
	void constraintOfTheWholeListIsNoElementsFault() {
		class Handler {

			Object handle(@Size(max = 1) List<Integer> bodies) {
				return bodies;
			}

		}
		assertThatExceptionOfType(ConstraintViolationException.class)
			.isThrownBy(() -> prepare(new Handler(), TestRecord.json("1"), TestRecord.json("2")));
	}

	@Test
	void acknowledgmentDecidesAboutThoseThatNobodyHasDecidedAbout() throws Exception {
		class Handler {

			void handle(List<Integer> bodies, List<Acknowledgment> each, Acknowledgment all) {
				each.get(0).reject();
				all.ack();
			}

		}
		List<Delivery> deliveries = deliveries(TestRecord.json("1"), TestRecord.json("2"), TestRecord.json("x"));
		invoker(new Handler()).prepare(deliveries).invoke();
		assertThat(deliveries.get(0).decision()).isInstanceOf(RejectRecord.class);
		assertThat(deliveries.get(1).decision()).isNotNull();
		assertThat(deliveries.get(2).decision()).isNull();
	}

	@Test
	void parameterThatIsNoListIsRefused() {
		class Handler {

			void handle(List<Integer> bodies, @Key String key) {
			}

		}
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> invoker(new Handler()))
			.withMessageContaining("'key' (java.lang.String)")
			.withMessageContaining("takes something of one record, but its handler gets batches.");
	}

	@Test
	void resultOfACollectionIsItsElements() {
		class Handler {

			List<Optional<Order>> handle(List<Integer> bodies) {
				return List.of();
			}

		}
		assertThat(ResultType.ofBatches(TestHandler.method(new Handler(), Handler.class)).valueType().resolve())
			.isEqualTo(Order.class);
	}

	private static BatchCall prepare(Object handler, TestRecord... records) {
		return invoker(handler).prepare(deliveries(records));
	}

	private static BatchInvoker invoker(Object handler) {
		return new HandlerMethodFactory(JsonMapper.builder().build(), FACTORY.getValidator())
			.forSubscriber(TestEndpoint.reading(new Subscription.Topics(List.of("in-topic"))))
			.createForBatches(TestHandler.method(handler, handler.getClass()));
	}

	private static List<Delivery> deliveries(TestRecord... records) {
		return Arrays.stream(records).map((record) -> TestDelivery.of(record.build())).toList();
	}

	record Order(@Min(1) int count) {

	}

}
