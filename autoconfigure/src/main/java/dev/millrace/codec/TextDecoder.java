package dev.millrace.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;

/**
 * Strict decoder of text: malformed bytes are reported, never replaced.
 */
public final class TextDecoder {

	private static final char REPLACEMENT = '\uFFFD';

	private TextDecoder() {
	}

	/**
	 * Decode bytes.
	 * @param bytes the bytes
	 * @param charset their charset
	 * @return the text, or {@code null} when the bytes are not text of that charset
	 */
	public static @Nullable String decode(byte[] bytes, Charset charset) {
		String text = new String(bytes, charset);
		// Only a text that holds the replacement may have been malformed: the slow check
		// is rare
		return (text.indexOf(REPLACEMENT) < 0 || isWellFormed(bytes, charset)) ? text : null;
	}

	private static boolean isWellFormed(byte[] bytes, Charset charset) {
		try {
			charset.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
