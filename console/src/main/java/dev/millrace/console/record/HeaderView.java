package dev.millrace.console.record;

import org.jspecify.annotations.Nullable;

/**
 * Header for people.
 *
 * @param name the name
 * @param value the value as text, in hexadecimal where it is none, or {@code null} when
 * there is none
 */
public record HeaderView(String name, @Nullable String value) {

}
