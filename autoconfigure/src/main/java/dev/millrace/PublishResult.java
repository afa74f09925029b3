package dev.millrace;

/**
 * Where the broker has put a record.
 *
 * @param topic its topic
 * @param partition its partition, -1 when a {@link PublisherInterceptor} has left it out
 * @param offset its offset, -1 where the broker does not say, as with {@code acks=0}, and
 * when an interceptor has left it out
 */
public record PublishResult(String topic, int partition, long offset) {

}
