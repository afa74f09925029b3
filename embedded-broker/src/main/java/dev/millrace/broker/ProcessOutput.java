package dev.millrace.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Output of a broker process: finds the ready line and keeps the last lines. Must be read
 * until the end, or the process would block on a full pipe.
 */
final class ProcessOutput {

	private static final int KEPT_LINES = 40;

	private final Deque<String> lastLines = new ArrayDeque<>();

	private final CompletableFuture<String> address = new CompletableFuture<>();

	private final Thread reader;

	private ProcessOutput(InputStream input, String name) {
		this.reader = new Thread(() -> read(input), name);
		this.reader.setDaemon(true);
	}

	static ProcessOutput follow(InputStream input, String name) {
		ProcessOutput output = new ProcessOutput(input, name);
		output.reader.start();
		return output;
	}

	/**
	 * Address of the ready line.
	 * @return completes with the address, or exceptionally when the output ends without
	 * one
	 */
	CompletableFuture<String> address() {
		return this.address;
	}

	String lastLines() {
		synchronized (this.lastLines) {
			return String.join(System.lineSeparator(), this.lastLines);
		}
	}

	private void read(InputStream input) {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, Charset.defaultCharset()))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				accept(line);
			}
		}
		catch (IOException ex) {
			accept(ex.toString());
		}
		finally {
			this.address.completeExceptionally(new IllegalStateException("The process has ended"));
		}
	}

	private void accept(String line) {
		synchronized (this.lastLines) {
			if (this.lastLines.size() == KEPT_LINES) {
				this.lastLines.removeFirst();
			}
			this.lastLines.addLast(line);
		}
		if (line.startsWith(EmbeddedBrokerMain.READY)) {
			this.address.complete(line.substring(EmbeddedBrokerMain.READY.length()).trim());
		}
	}

}
