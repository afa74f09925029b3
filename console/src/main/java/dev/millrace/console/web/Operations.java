package dev.millrace.console.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.springframework.util.Assert;

import dev.millrace.console.ConsoleOperation;
import dev.millrace.console.ConsoleOperations;
import dev.millrace.console.ConsolePage;

/**
 * The operations of all pages.
 */
final class Operations implements ConsoleOperations {

	private final List<Operation> operations = new ArrayList<>();

	static List<Operation> of(Collection<ConsolePage> pages) {
		Operations operations = new Operations();
		pages.forEach((page) -> page.addTo(operations));
		return List.copyOf(operations.operations);
	}

	@Override
	public ConsoleOperations read(String path, ConsoleOperation operation) {
		return add(Access.READ, path, operation);
	}

	@Override
	public ConsoleOperations contents(String path, ConsoleOperation operation) {
		return add(Access.CONTENTS, path, operation);
	}

	@Override
	public ConsoleOperations write(String path, ConsoleOperation operation) {
		return add(Access.WRITE, path, operation);
	}

	private ConsoleOperations add(Access access, String path, ConsoleOperation operation) {
		Assert.isTrue(path.matches("[a-z-]+(/[a-z-]+)*"), () -> "The path '" + path + "' is not a plain one");
		this.operations.add(new Operation(access, path, operation));
		return this;
	}

	/**
	 * Operation, and what it needs.
	 *
	 * @param access what it needs
	 * @param path its path below {@code api/}
	 * @param action what it does
	 */
	record Operation(Access access, String path, ConsoleOperation action) {

	}

}
