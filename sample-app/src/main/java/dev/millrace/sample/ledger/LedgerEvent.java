package dev.millrace.sample.ledger;

import java.math.BigDecimal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Something that has happened to an account, written as
 * <code>{"type":"deposited","amount":25.50}</code>. Events are facts: they are checked
 * before they are published, and never refused afterwards.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({ @JsonSubTypes.Type(name = "deposited", value = LedgerEvent.Deposited.class),
		@JsonSubTypes.Type(name = "withdrawn", value = LedgerEvent.Withdrawn.class) })
sealed interface LedgerEvent {

	BigDecimal applyTo(BigDecimal balance);

	/**
	 * Money was paid in.
	 *
	 * @param amount how much
	 */
	record Deposited(BigDecimal amount) implements LedgerEvent {

		@Override
		public BigDecimal applyTo(BigDecimal balance) {
			return balance.add(this.amount);
		}

	}

	/**
	 * Money was paid out.
	 *
	 * @param amount how much
	 */
	record Withdrawn(BigDecimal amount) implements LedgerEvent {

		@Override
		public BigDecimal applyTo(BigDecimal balance) {
			return balance.subtract(this.amount);
		}

	}

}
