package dev.millrace.broker;

import java.io.IOException;
import java.nio.file.Path;

/**
 * JVM that wants a data directory, and says why it does not get it.
 */
public final class DirectoryOpener {

	static final String OPENED = "OPENED";

	private DirectoryOpener() {
	}

	public static void main(String[] arguments) throws IOException {
		try {
			DataDirectory.open(Path.of(arguments[0])).close();
			System.out.println(OPENED);
		}
		catch (BrokerStartException ex) {
			System.out.println(ex.reason());
		}
	}

}
