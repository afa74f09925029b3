/**
 * Spring Boot's part of the test kit.
 */
@NullMarked
package dev.millrace.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
