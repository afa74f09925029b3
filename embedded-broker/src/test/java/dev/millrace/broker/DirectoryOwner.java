package dev.millrace.broker;

import java.io.IOException;

/**
 * JVM that owns a temporary directory until it is killed.
 */
public final class DirectoryOwner {

	private DirectoryOwner() {
	}

	public static void main(String[] arguments) throws IOException {
		System.out.println(TemporaryDirectory.create());
		System.in.read();
	}

}
