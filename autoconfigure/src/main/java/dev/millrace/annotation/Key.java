package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation that binds a handler's parameter to the key of the record. The key's bytes
 * are read as UTF-8 text and converted to the parameter's type; {@code byte[]} takes them
 * as they are. A record without a key is {@code null} or an empty {@code Optional}, and
 * an error for a primitive or non-null parameter.
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Key {

}
