package dev.millrace;

/**
 * Where the broker has put a record.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset, -1 where the broker does not say, as with {@code acks=0}
 */
public record PublishResult(String topic, int partition, long offset) {

}
