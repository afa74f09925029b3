package dev.millrace.console.autoconfigure;

import dev.millrace.autoconfigure.OnUnpackedApplication;

/**
 * Condition of the console.
 */
final class OnConsole extends OnUnpackedApplication {

	OnConsole() {
		super("Console", "millrace.console.enabled");
	}

}
