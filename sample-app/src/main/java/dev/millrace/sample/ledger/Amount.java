package dev.millrace.sample.ledger;

import java.math.BigDecimal;

import org.springframework.util.Assert;

/**
 * Body of a request to pay in or out.
 *
 * @param amount how much, greater than zero
 */
record Amount(BigDecimal amount) {

	Amount {
		Assert.isTrue(amount != null && amount.signum() > 0, "amount must be greater than zero");
	}

}
