package dev.millrace.sample.words;

/**
 * A word and how often it occurs.
 *
 * @param word the word
 * @param count how often it occurs
 */
record WordCount(String word, long count) {

}
