package dev.millrace.console.browser;

import java.util.concurrent.Semaphore;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import dev.millrace.Ordering;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Application that the browser looks at.
 */
@SpringBootApplication(proxyBeanMethods = false)
class ShopApplication {

	/**
	 * Opens the door of {@code shipping} for one record each.
	 */
	@Bean
	Semaphore door() {
		return new Semaphore(0);
	}

	/**
	 * What the shop does.
	 */
	@Component
	static class Shop {

		private final Semaphore door;

		Shop(Semaphore door) {
			this.door = door;
		}

		@StreamSubscriber(id = "orders", topics = "orders", ordering = Ordering.KEY, concurrency = "4")
		@Retry(attempts = "2", delay = "10ms")
		@StreamPublisher(topic = "invoices")
		String bill(String order) {
			if (order.contains("bad")) {
				throw new IllegalStateException("The order is bad");
			}
			return "Invoice of " + order;
		}

		@StreamSubscriber(id = "shipping", topics = "invoices")
		void ship(String invoice) throws InterruptedException {
			this.door.acquire();
		}

	}

}
