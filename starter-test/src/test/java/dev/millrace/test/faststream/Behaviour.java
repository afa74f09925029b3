package dev.millrace.test.faststream;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which behaviours of FastStream a test shows Millrace to have, or to have otherwise
 * on purpose, by their numbers in {@code docs/faststream-behaviours.md}. The table is
 * compared with the tests of all modules where most of them are.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
@interface Behaviour {

	int[] value();

}
