package dev.millrace.listener;

import dev.millrace.handler.RecordFilter;
import dev.millrace.publisher.ReplyPublisher;

/**
 * One of the handlers of a subscriber, ready to run.
 *
 * @param filter tells whether it takes a record
 * @param invoker decodes, binds, validates and calls it
 * @param publisher makes records of its results
 * @param <I> how it is called
 */
public record HandlerRoute<I>(RecordFilter filter, I invoker, ReplyPublisher publisher) {

}
