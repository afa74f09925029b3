/**
 * Spring Boot: properties and beans of the console.
 */
@NullMarked
package dev.millrace.console.autoconfigure;

import org.jspecify.annotations.NullMarked;
