package dev.millrace.guarantee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

import dev.millrace.support.TestApplication;

/**
 * Recorder in a process of its own, to be killed. Its log is a file, a line for each
 * handling that has ended.
 */
public final class RecorderApplication {

	private RecorderApplication() {
	}

	/**
	 * Run until killed.
	 * @param arguments the broker, the file, and the properties
	 */
	public static void main(String[] arguments) {
		Path file = Path.of(arguments[1]);
		HandlingLog pace = HandlingLog.ofHandlersThatTakeUpTo(5);
		HandlingLog log = new HandlingLog((handling) -> {
			pace.handle(handling);
			append(file, handling.endedAt(System.nanoTime()).toLine());
		});
		TestApplication.start(arguments[0], List.of(log), Recorder.class,
				Arrays.copyOfRange(arguments, 2, arguments.length));
	}

	// What is handed to the system survives the death of the process.
	private static synchronized void append(Path file, String line) {
		try {
			Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
