package dev.millrace.actuate;

import dev.millrace.SubscriberControl;

/**
 * What a subscriber can be told to do, as {@link SubscriberControl} says it.
 */
public enum SubscriberAction {

	/** See {@link SubscriberControl#start()}. */
	START,

	/** See {@link SubscriberControl#stop()}. */
	STOP,

	/** See {@link SubscriberControl#pause()}. */
	PAUSE,

	/** See {@link SubscriberControl#resume()}. */
	RESUME,

	/** See {@link SubscriberControl#seek(String, int, long)}, and by time. */
	SEEK,

	/** See {@link SubscriberControl#seekToBeginning()}. */
	SEEK_TO_BEGINNING,

	/** See {@link SubscriberControl#seekToEnd()}. */
	SEEK_TO_END

}
