/**
 * Spring Boot auto-configuration, properties and failure analysis.
 */
@NullMarked
package dev.millrace.autoconfigure;

import org.jspecify.annotations.NullMarked;
