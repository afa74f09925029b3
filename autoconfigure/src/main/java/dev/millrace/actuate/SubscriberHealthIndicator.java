package dev.millrace.actuate;

import java.util.Map;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Health that is down as long as a subscriber has problems, which are named by its id.
 */
abstract class SubscriberHealthIndicator extends AbstractHealthIndicator {

	private final SubscriberRuntimes subscribers;

	SubscriberHealthIndicator(SubscriberRuntimes subscribers) {
		super("The health of the subscribers could not be found out");
		this.subscribers = subscribers;
	}

	@Override
	protected final void doHealthCheck(Health.Builder builder) {
		builder.up();
		for (SubscriberRuntime subscriber : this.subscribers.runtimes()) {
			Map<String, Object> problems = problems(subscriber);
			if (!problems.isEmpty()) {
				builder.down().withDetail(subscriber.id(), problems);
			}
		}
	}

	/**
	 * Look for problems.
	 * @param subscriber a subscriber
	 * @return the problems by their names, none when it is well
	 */
	abstract Map<String, Object> problems(SubscriberRuntime subscriber);

}
