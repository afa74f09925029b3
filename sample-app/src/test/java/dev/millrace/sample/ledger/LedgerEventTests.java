package dev.millrace.sample.ledger;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.sample.ledger.LedgerEvent.Deposited;
import dev.millrace.sample.ledger.LedgerEvent.Withdrawn;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerEventTests {

	private final JsonMapper mapper = new JsonMapper();

	@Test
	void typeIsWritten() {
		assertThat(this.mapper.writeValueAsString(new Withdrawn(new BigDecimal("10.00"))))
			.isEqualTo("{\"type\":\"withdrawn\",\"amount\":10.00}");
	}

	@Test
	void typeIsRead() {
		assertThat(this.mapper.readValue("{\"type\":\"deposited\",\"amount\":10.00}", LedgerEvent.class))
			.isEqualTo(new Deposited(new BigDecimal("10.00")));
	}

}
