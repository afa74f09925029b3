package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation that makes a method handle what the handling of a record has thrown:
 * decoding, binding, validation, interceptors or the handler. It takes the handlers of
 * its own class, or, in a class with {@link StreamAdvice @StreamAdvice}, those of all.
 * <p>
 * The method whose type is the nearest to the exception's is called, whatever the order
 * of declaration; those of the handler's own class come before any advice. It may take
 * the exception and everything that a handler may take. An {@code Error} is handled like
 * an exception, and of a {@code CompletionException} what has caused it.
 * <p>
 * <strong>Result.</strong> What it returns is published as the handler's own result would
 * be; {@code null} or {@code void} publishes nothing. Either way the record is finished:
 * no retry, no dead letter. To have these, it throws: the same exception or another one,
 * or a {@link dev.millrace.RecordControl RecordControl} such as {@code NackRecord} or
 * {@code RejectRecord}. It is called for each attempt;
 * {@link dev.millrace.StreamRecord#attempt()} tells which one it is.
 * <p>
 * A {@code RecordControl} is an order and not an exception, so it is never handled here;
 * neither is a failure to publish.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface StreamExceptionHandler {

	/**
	 * The exceptions to handle. Default: the exceptions among the parameters.
	 * @return the exception types
	 */
	Class<? extends Throwable>[] value() default {};

}
