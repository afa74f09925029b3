package dev.millrace.benchmarks;

/**
 * One of the things that a benchmark compares.
 *
 * @param name the name, as in the results
 * @param baseline the name of the arm that it is compared with, its own for a baseline
 */
record Arm(String name, String baseline) {

}
