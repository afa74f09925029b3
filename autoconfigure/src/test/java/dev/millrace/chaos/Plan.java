package dev.millrace.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.millrace.Ordering;

/**
 * Size and settings of a run. Each value can be set as a system property.
 *
 * @param seed draws the disturbances and the keys; the same seed draws the same
 * @param records how many records are sent
 * @param duration how long the sending takes when nothing holds it up
 * @param kills how many processes are killed
 * @param ordering what the applications subscribe with
 * @param exactlyOnce whether each reply must be there once only
 * @param arguments further {@code --name=value} arguments of the applications
 */
record Plan(long seed, int records, Duration duration, int kills, Ordering ordering, boolean exactlyOnce,
		List<String> arguments) {

	static final int PARTITIONS = 6;

	static final int KEYS = 300;

	static final int CONCURRENCY = 10;

	static final int APPLICATIONS = 3;

	static final int MOST_APPLICATIONS = 4;

	/** The shortest that a broker allows. */
	static final Duration SESSION = Duration.ofSeconds(6);

	static final Duration HEARTBEAT = Duration.ofSeconds(1);

	static final Duration TRANSACTION = Duration.ofSeconds(10);

	static final Duration DRAIN = Duration.ofSeconds(5);

	static Plan withDefaults(long seed, int records, Duration duration, int kills) {
		String minutes = System.getProperty("chaos.minutes");
		String arguments = System.getProperty("chaos.arguments", "").trim();
		return new Plan(Long.getLong("chaos.seed", seed), Integer.getInteger("chaos.records", records),
				(minutes != null) ? Duration.ofMinutes(Long.parseLong(minutes)) : duration,
				Integer.getInteger("chaos.kills", kills),
				Ordering.valueOf(System.getProperty("chaos.ordering", "KEY").toUpperCase(Locale.ROOT)),
				Boolean.getBoolean("chaos.exactly-once"),
				arguments.isEmpty() ? List.of() : List.of(arguments.split("\\s+")));
	}

	/**
	 * Return whether the applications use the group protocol whose times are settings of
	 * the broker, which the clients refuse.
	 * @return whether they do
	 */
	boolean isNewProtocol() {
		return this.arguments.stream().anyMatch((argument) -> argument.endsWith("[group.protocol]=consumer"));
	}

	long recordsPerSecond() {
		return Math.max(1, this.records * 1000L / this.duration.toMillis());
	}

	/**
	 * How long a handler waits on average, such that the applications can take two and a
	 * half times of what is sent: they are busy, and catch up after each disturbance.
	 * @return the time
	 */
	Duration meanWait() {
		int lanes = (this.ordering == Ordering.PARTITION) ? PARTITIONS : CONCURRENCY * APPLICATIONS;
		return Duration.ofNanos((long) (lanes * 1e9 / (2.5 * recordsPerSecond())));
	}

}
