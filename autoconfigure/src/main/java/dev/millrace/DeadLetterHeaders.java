package dev.millrace;

/**
 * How the headers of a dead letter say where it came from and why.
 */
public enum DeadLetterHeaders {

	/**
	 * As UTF-8 text named {@code dead-letter-*}, readable by every client. The default.
	 */
	TEXT,

	/**
	 * As spring-kafka writes them: {@code kafka_dlt-*}, numbers in binary.
	 */
	SPRING

}
