package dev.millrace.sample.ledger;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;
import org.springframework.stereotype.Component;

import dev.millrace.Ordering;
import dev.millrace.annotation.Key;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Balances of all accounts, as the topic {@code ledger} has them. They are only in
 * memory; a consumer group that is new at each start reads the whole topic again.
 * <p>
 * The key of an event is its account, and with {@link Ordering#KEY} accounts don't wait
 * for each other while the events of each keep their order.
 */
@Component
class Ledger {

	static final String TOPIC = "ledger";

	private final Map<String, Balance> balances = new ConcurrentHashMap<>();

	@StreamSubscriber(topics = TOPIC, groupId = "${spring.application.name}.ledger.${random.uuid}",
			autoOffsetReset = "earliest", ordering = Ordering.KEY)
	void apply(LedgerEvent event, @Key String account, ConsumerRecordMetadata metadata) {
		this.balances.compute(account,
				(name, balance) -> ((balance != null) ? balance : Balance.ZERO).after(event, metadata.offset()));
	}

	Optional<BigDecimal> balance(String account) {
		return Optional.ofNullable(this.balances.get(account)).map(Balance::amount);
	}

}
