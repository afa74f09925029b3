package dev.millrace.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Setting of a subscriber as it is in force.
 *
 * @param name its name, as below {@code millrace.subscribers.<id>}
 * @param value its value as text, or {@code null} when nothing says anything about it
 * @param source where the value comes from: a prefix of properties, an annotation and
 * where it is, or {@code default}
 */
public record EffectiveSetting(String name, @Nullable String value, String source) {

}
