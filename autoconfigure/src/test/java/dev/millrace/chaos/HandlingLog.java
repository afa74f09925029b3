package dev.millrace.chaos;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What an application writes down about itself. Each line is handed to the operating
 * system at once, so that it survives the end of the process. Times are those of
 * {@link System#nanoTime()}, which on one machine is the same clock for all processes and
 * is never set back. Not a channel: an interrupted handler would close it.
 */
final class HandlingLog {

	private final AtomicLong handlings = new AtomicLong();

	private final FileOutputStream file;

	HandlingLog(FileOutputStream file) {
		this.file = file;
	}

	void started() {
		write("S " + System.nanoTime());
	}

	void assigned(int partition, long position) {
		write("A " + partition + " " + position + " " + System.nanoTime());
	}

	void revoked(int partition) {
		write("R " + partition + " " + System.nanoTime());
	}

	void lost(int partition) {
		write("L " + partition + " " + System.nanoTime());
	}

	void stoodStill(long from, long to) {
		write("P " + from + " " + to);
	}

	long begin(int partition, long offset, String body) {
		long now = System.nanoTime();
		long handling = this.handlings.incrementAndGet();
		write("B " + handling + " " + partition + " " + offset + " " + body + " " + now);
		return handling;
	}

	void end(long handling) {
		write("E " + handling + " " + System.nanoTime());
	}

	private void write(String line) {
		try {
			this.file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
