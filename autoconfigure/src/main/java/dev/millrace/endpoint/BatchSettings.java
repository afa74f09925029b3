package dev.millrace.endpoint;

import java.time.Duration;

/**
 * How the records of a subscriber are put together for its handler.
 *
 * @param maxRecords how many records a batch has at most
 * @param maxWait how long the first record of a batch waits for others
 */
public record BatchSettings(int maxRecords, Duration maxWait) {

}
