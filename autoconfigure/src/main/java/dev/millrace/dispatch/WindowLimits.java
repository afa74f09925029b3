package dev.millrace.dispatch;

/**
 * How many records of a partition may lie between the poll and the acknowledged commit:
 * those that would be handled again after a crash.
 *
 * @param high how many pause the partition; one more poll may come on top
 * @param low how many are left when it is resumed
 */
public record WindowLimits(int high, int low) {

}
