package dev.millrace.dispatch;

/**
 * How far a window had come when a commit was requested.
 *
 * @param position the position to be committed
 * @param removed how many records lie before it, of all that the window has held
 */
record CommitMark(long position, long removed) {

}
