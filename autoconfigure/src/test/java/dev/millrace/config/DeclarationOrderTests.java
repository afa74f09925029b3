package dev.millrace.config;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeclarationOrder}.
 */
class DeclarationOrderTests {

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void methodsAreInTheOrderOfTheSource(int seed) {
		List<Method> methods = new ArrayList<>(Arrays.asList(Child.class.getDeclaredMethods()));
		methods.addAll(Arrays.asList(Parent.class.getDeclaredMethods()));
		Collections.shuffle(methods, new Random(seed));

		methods.sort(new DeclarationOrder(Child.class));

		assertThat(methods).extracting((method) -> method.getName() + Arrays.toString(method.getParameterTypes()))
			.containsExactly("zulu[]", "on[int]", "alpha[]", "on[class java.lang.String]", "yankee[]", "bravo[]");
	}

	static class Parent {

		void yankee() {
		}

		void bravo() {
		}

	}

	static class Child extends Parent {

		void zulu() {
		}

		void on(int number) {
		}

		void alpha() {
		}

		void on(String text) {
		}

	}

}
