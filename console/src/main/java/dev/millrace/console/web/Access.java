package dev.millrace.console.web;

/**
 * What an operation needs.
 */
enum Access {

	/**
	 * Looks at figures and settings.
	 */
	READ,

	/**
	 * Looks at contents of records.
	 */
	CONTENTS,

	/**
	 * Changes something, or publishes.
	 */
	WRITE

}
