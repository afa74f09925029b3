package dev.millrace.chaos;

import java.util.Map;

/**
 * All that the oracle judges by.
 *
 * @param input what was sent
 * @param history what the applications wrote down
 * @param chronicle what was done to the processes
 * @param replies how often the reply of each record is in the output, uncommitted ones
 * left out
 * @param ends the end of each partition of the input topic
 * @param committed what the group has committed of each
 * @param exactlyOnce whether each reply must be there once only
 */
record Evidence(Input input, History history, Chronicle chronicle, Map<RecordId, Integer> replies,
		Map<Integer, Long> ends, Map<Integer, Long> committed, boolean exactlyOnce) {

}
