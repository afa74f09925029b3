package dev.millrace.autoconfigure;

/**
 * Condition of serving the AsyncAPI document: in production, names of topics, groups and
 * brokers are not everybody's to read.
 */
final class OnServedDocument extends OnUnpackedApplication {

	OnServedDocument() {
		super("Served AsyncAPI document", "millrace.asyncapi.enabled");
	}

}
