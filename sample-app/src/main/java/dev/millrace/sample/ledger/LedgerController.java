package dev.millrace.sample.ledger;

import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import dev.millrace.sample.Receipt;
import dev.millrace.sample.StreamSender;
import dev.millrace.sample.ledger.LedgerEvent.Deposited;
import dev.millrace.sample.ledger.LedgerEvent.Withdrawn;

/**
 * The ledger over HTTP.
 * <p>
 * What is accepted here is in the topic; the balance follows a moment later, when
 * {@link Ledger} has read it back. So two withdrawals at the same moment may both see
 * enough money. A ledger that must never be overdrawn takes requests as records, keyed by
 * account, and decides in their handler, one after the other.
 */
@RestController
@RequestMapping("/ledger/{account}")
class LedgerController {

	private static final Logger logger = LoggerFactory.getLogger(LedgerController.class);

	private final StreamSender sender;

	private final Ledger ledger;

	LedgerController(StreamSender sender, Ledger ledger) {
		this.sender = sender;
		this.ledger = ledger;
	}

	@GetMapping
	Account account(@PathVariable String account) {
		return this.ledger.balance(account)
			.map((balance) -> new Account(account, balance))
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No account " + account));
	}

	@PostMapping("/deposits")
	@ResponseStatus(HttpStatus.ACCEPTED)
	CompletableFuture<Receipt> deposit(@PathVariable String account, @RequestBody Amount amount) {
		return publish(account, new Deposited(amount.amount()));
	}

	@PostMapping("/withdrawals")
	@ResponseStatus(HttpStatus.ACCEPTED)
	CompletableFuture<Receipt> withdraw(@PathVariable String account, @RequestBody Amount amount) {
		BigDecimal balance = this.ledger.balance(account).orElse(BigDecimal.ZERO);
		if (amount.amount().compareTo(balance) > 0) {
			throw new ResponseStatusException(HttpStatus.CONFLICT, "The balance is only " + balance);
		}
		return publish(account, new Withdrawn(amount.amount()));
	}

	private CompletableFuture<Receipt> publish(String account, LedgerEvent event) {
		logger.info("{} for account {}", event, account);
		return this.sender.send(Ledger.TOPIC, account, event);
	}

}
