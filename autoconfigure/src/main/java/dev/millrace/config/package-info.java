/**
 * Assembly: from annotated beans to registered containers.
 */
@NullMarked
package dev.millrace.config;

import org.jspecify.annotations.NullMarked;
