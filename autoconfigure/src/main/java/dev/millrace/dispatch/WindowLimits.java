package dev.millrace.dispatch;

/**
 * How many records of a partition may lie between the poll and the commit.
 *
 * @param high how many pause the partition; one more poll may come on top
 * @param low how many are left when it is resumed
 */
public record WindowLimits(int high, int low) {

}
