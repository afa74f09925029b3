package dev.millrace.console.browser;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.stereotype.Component;

import dev.millrace.annotation.Documentation;
import dev.millrace.annotation.Key;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Handler with something of everything that a form is made of.
 */
@Component
class Quotes {

	final List<Inquiry> inquiries = new CopyOnWriteArrayList<>();

	@StreamSubscriber(id = "quotes", topics = "inquiries",
			documentation = @Documentation(title = "Quotes", description = "Makes an offer of each inquiry.",
					tags = "sales",
					examples = "{\"customer\": \"Ann\", \"level\": \"GOLD\","
							+ " \"items\": [{\"name\": \"Chair\", \"quantity\": 4, \"price\": 49.90}]}"))
	@StreamPublisher(topic = "offers")
	Offer quote(Inquiry inquiry, @Key String customer, @Header(name = "channel", required = false) String channel) {
		this.inquiries.add(inquiry);
		if (inquiry.items().isEmpty()) {
			throw new IllegalArgumentException("There is nothing to offer");
		}
		List<BigDecimal> prices = new ArrayList<>();
		inquiry.items().forEach((item) -> prices.add(item.price().multiply(BigDecimal.valueOf(item.quantity()))));
		return new Offer(inquiry.customer(), prices.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
	}

	enum Level {

		BASIC, GOLD

	}

	@NullMarked
	record Inquiry(@JsonPropertyDescription("Who wants to know.") String customer, Level level, List<Item> items,
			@Nullable LocalDate until, @Nullable String note) {

	}

	@NullMarked
	record Item(String name, int quantity, BigDecimal price) {

	}

	record Offer(String customer, BigDecimal total) {

	}

}
