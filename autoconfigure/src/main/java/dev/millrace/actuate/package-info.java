/**
 * Spring Boot Actuator: what the subscribers look like from outside.
 */
@NullMarked
package dev.millrace.actuate;

import org.jspecify.annotations.NullMarked;
