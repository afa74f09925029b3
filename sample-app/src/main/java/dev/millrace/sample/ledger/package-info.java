/**
 * Event sourcing: accounts whose only truth is a topic of deposits and withdrawals.
 */
@NullMarked
package dev.millrace.sample.ledger;

import org.jspecify.annotations.NullMarked;
