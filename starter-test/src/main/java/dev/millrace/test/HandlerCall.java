package dev.millrace.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One call of a handler.
 *
 * @param arguments what it was called with
 * @param result what it has returned, {@code null} for nothing; a future as it was
 * returned
 * @param failure what it has thrown, or {@code null}
 */
public record HandlerCall(List<@Nullable Object> arguments, @Nullable Object result, @Nullable Throwable failure) {

}
