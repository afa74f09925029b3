package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Component;

/**
 * Component whose {@link StreamExceptionHandler} methods serve the handlers of all
 * subscribers. Several are asked in Spring's order ({@code @Order}); the first that has a
 * method for the exception gets it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface StreamAdvice {

}
