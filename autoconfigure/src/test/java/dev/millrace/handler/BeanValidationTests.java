package dev.millrace.handler;

import java.util.List;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.validation.annotation.Validated;

import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BeanValidation}.
 */
class BeanValidationTests {

	private static final ValidatorFactory FACTORY = Validation.byDefaultProvider()
		.configure()
		.messageInterpolator(new ParameterMessageInterpolator())
		.buildValidatorFactory();

	private static final Validator VALIDATOR = FACTORY.getValidator();

	@AfterAll
	static void close() {
		FACTORY.close();
	}

	@Test
	void constraintsOfParametersAreChecked() throws Exception {
		class Handler {

			String handle(@NotBlank String user, @Min(1) int userId) {
				return user + userId;
			}

		}
		TestHandler handler = TestHandler.of(new Handler()).validator(VALIDATOR);

		assertThat(handler.handle(TestRecord.json("{\"user\":\"John\",\"userId\":1}"))).isEqualTo("John1");
		assertThatExceptionOfType(ConstraintViolationException.class)
			.isThrownBy(() -> handler.handle(TestRecord.json("{\"user\":\" \",\"userId\":0}")))
			.satisfies((ex) -> assertThat(ex.getConstraintViolations()).hasSize(2))
			.withMessageContaining("handle.user: must not be blank")
			.withMessageContaining("handle.userId: must be greater than or equal to 1");
	}

	@Test
	void validPayloadIsCheckedWithinAndBeforeTheHandlerIsCalled() {
		class Handler {

			String handle(@Valid Order order) {
				throw new AssertionError("called");
			}

		}

		assertThatExceptionOfType(ConstraintViolationException.class)
			.isThrownBy(() -> TestHandler.of(new Handler()).validator(VALIDATOR).handle(TestRecord.json("{\"id\":0}")))
			.withMessage("handle.order.id: must be greater than or equal to 1");
	}

	@Test
	void elementsOfACollectionAreChecked() {
		class Handler {

			void handle(List<@Valid Order> orders) {
			}

		}

		assertThatExceptionOfType(ConstraintViolationException.class)
			.isThrownBy(() -> TestHandler.of(new Handler())
				.validator(VALIDATOR)
				.handle(TestRecord.json("[{\"id\":1},{\"id\":0}]")))
			.withMessageStartingWith("handle.orders[1].id");
	}

	@Test
	void validatedPayloadIsCheckedInItsGroups() throws Exception {
		class Default {

			String handle(@Validated Order order) {
				return "called";
			}

		}
		class Strict {

			String handle(@Validated(StrictGroup.class) Order order) {
				return "called";
			}

		}
		TestRecord record = TestRecord.json("{\"id\":5}");

		assertThat(TestHandler.of(new Default()).validator(VALIDATOR).handle(record)).isEqualTo("called");
		assertThatExceptionOfType(ConstraintViolationException.class)
			.isThrownBy(() -> TestHandler.of(new Strict()).validator(VALIDATOR).handle(record))
			.withMessage("id: must be greater than or equal to 10");
	}

	@Test
	void groupsOfTheMethodApplyToItsParameters() throws Exception {
		class Handler {

			@Validated(StrictGroup.class)
			String handle(@Min(value = 10, groups = StrictGroup.class) @Min(20) int id) {
				return "called";
			}

		}
		TestHandler handler = TestHandler.of(new Handler()).validator(VALIDATOR);

		assertThat(handler.handle(TestRecord.json("15"))).isEqualTo("called");
		assertThatExceptionOfType(ConstraintViolationException.class)
			.isThrownBy(() -> handler.handle(TestRecord.json("5")));
	}

	@Test
	void constraintsOfTheClassBehindAProxyAreChecked() throws Exception {
		ProxyFactory byInterface = new ProxyFactory(new ConstrainedImpl());
		ProxyFactory byClass = new ProxyFactory(new ConstrainedImpl());
		byClass.setProxyTargetClass(true);
		HandlerMethod jdk = new HandlerMethod(byInterface.getProxy(), "orders", ConstrainedImpl.class,
				ConstrainedImpl.class.getMethod("handle", int.class), Constrained.class.getMethod("handle", int.class));
		HandlerMethod cglib = new HandlerMethod(byClass.getProxy(), "orders", ConstrainedImpl.class,
				ConstrainedImpl.class.getMethod("handle", int.class),
				ConstrainedImpl.class.getMethod("handle", int.class));

		for (HandlerMethod method : List.of(jdk, cglib)) {
			TestHandler handler = TestHandler.of(method).validator(VALIDATOR);
			assertThat(handler.handle(TestRecord.json("1"))).isEqualTo(1);
			assertThatExceptionOfType(ConstraintViolationException.class)
				.isThrownBy(() -> handler.handle(TestRecord.json("0")));
		}
	}

	@Test
	void handlerWithoutConstraintsIsNotValidated() {
		class Handler {

			void handle(Order order) {
			}

		}

		assertThat(
				new BeanValidation(VALIDATOR).forHandler(TestHandler.method(new Handler(), Handler.class), List.of()))
			.isNull();
	}

	@Test
	void nothingIsCheckedWithoutAValidator() throws Exception {
		class Handler {

			int handle(@Min(1) int id) {
				return id;
			}

		}

		assertThat(TestHandler.of(new Handler()).handle(TestRecord.json("0"))).isEqualTo(0);
	}

	interface StrictGroup {

	}

	record Order(@Min(1) @Min(value = 10, groups = StrictGroup.class) int id) {

	}

	interface Constrained {

		int handle(@Min(1) int id);

	}

	static class ConstrainedImpl implements Constrained {

		@Override
		public int handle(int id) {
			return id;
		}

	}

}
