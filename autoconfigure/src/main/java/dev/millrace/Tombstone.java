package dev.millrace;

import org.springframework.util.Assert;

/**
 * Says that what was published under a key is gone: a record with that key and a
 * {@code null} value, which a compacted topic takes for an order to forget the key. To be
 * published, or to be returned by a handler, instead of a body.
 *
 * @param key the key; {@code byte[]} is used as it is, anything else as UTF-8 text. A
 * record without both key and value would say nothing, so there has to be one
 */
public record Tombstone(Object key) {

	/**
	 * Create a tombstone.
	 */
	public Tombstone {
		Assert.notNull(key, "A tombstone must have a key");
	}

	/**
	 * Return the tombstone of a key.
	 * @param key the key
	 * @return the tombstone
	 */
	public static Tombstone of(Object key) {
		return new Tombstone(key);
	}

}
