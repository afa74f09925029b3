package dev.millrace.sample.ledger;

import java.math.BigDecimal;

/**
 * An account and its balance.
 *
 * @param account the name
 * @param balance the balance
 */
record Account(String account, BigDecimal balance) {

}
