package dev.millrace.sample.ledger;

import java.math.BigDecimal;

/**
 * Balance of an account after the events of its topic up to an offset. Kafka may deliver
 * an event again; the offset tells which ones are already in the balance.
 *
 * @param amount the balance
 * @param offset the offset of the last event of the account
 */
record Balance(BigDecimal amount, long offset) {

	static final Balance ZERO = new Balance(BigDecimal.ZERO, -1);

	Balance after(LedgerEvent event, long eventOffset) {
		return (eventOffset > this.offset) ? new Balance(event.applyTo(this.amount), eventOffset) : this;
	}

}
