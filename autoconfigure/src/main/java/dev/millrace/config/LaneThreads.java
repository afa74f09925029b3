package dev.millrace.config;

import java.util.concurrent.Executor;

/**
 * Threads that run handlers, one for each record that runs; shared by all subscribers,
 * each of which uses at most as many as its concurrency.
 */
@FunctionalInterface
public interface LaneThreads extends Executor {

}
