package dev.millrace.faststream;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which behaviours of FastStream a test shows Millrace to have, or to have otherwise
 * on purpose, by their numbers in {@code docs/faststream-behaviours.md}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Behaviour {

	int[] value();

}
