package dev.millrace.console.browser;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

import dev.millrace.Ordering;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;

/**
 * What flows through the application that the browser looks at.
 */
@Component
class Shop {

	private final Lock lock = new ReentrantLock();

	private final Condition opened = this.lock.newCondition();

	private final AtomicInteger keys = new AtomicInteger();

	private final KafkaTemplate<String, String> template;

	private boolean open = true;

	Shop(KafkaTemplate<String, String> template) {
		this.template = template;
	}

	@StreamSubscriber(id = "orders", topics = "orders", ordering = Ordering.KEY, concurrency = "4")
	@StreamPublisher(topic = "invoices")
	@Retry(attempts = "2", delay = "10ms")
	String bill(String order) {
		if (order.contains("bad")) {
			throw new IllegalStateException("The order is bad");
		}
		return "Invoice of " + order;
	}

	@StreamSubscriber(id = "shipping", topics = "invoices")
	void ship(String invoice) throws InterruptedException {
		this.lock.lock();
		try {
			while (!this.open) {
				this.opened.await();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@StreamSubscriber(id = "audit", pattern = "audit-.*")
	void audit(String entry) {
	}

	void order(String order) {
		this.template.send("orders", String.valueOf(this.keys.incrementAndGet()), order);
	}

	/**
	 * Have shipping wait.
	 */
	void close() {
		open(false);
	}

	/**
	 * Have shipping go on.
	 */
	void open() {
		open(true);
	}

	private void open(boolean open) {
		this.lock.lock();
		try {
			this.open = open;
			this.opened.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
