package dev.millrace.sample.ledger;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

import dev.millrace.sample.ledger.LedgerEvent.Deposited;
import dev.millrace.sample.ledger.LedgerEvent.Withdrawn;

import static org.assertj.core.api.Assertions.assertThat;

class BalanceTests {

	@Test
	void eventsAddUpExactly() {
		Balance balance = Balance.ZERO.after(deposited("0.10"), 3).after(deposited("0.20"), 5);

		assertThat(balance).isEqualTo(new Balance(new BigDecimal("0.30"), 5));
	}

	@Test
	void withdrawalIsSubtracted() {
		Balance balance = Balance.ZERO.after(deposited("10"), 0).after(new Withdrawn(new BigDecimal("4")), 1);

		assertThat(balance.amount()).isEqualByComparingTo("6");
	}

	@Test
	void eventThatIsDeliveredAgainChangesNothing() {
		Balance balance = Balance.ZERO.after(deposited("1"), 0).after(deposited("2"), 1);

		assertThat(balance.after(deposited("1"), 0).after(deposited("2"), 1)).isSameAs(balance);
	}

	private static LedgerEvent deposited(String amount) {
		return new Deposited(new BigDecimal(amount));
	}

}
