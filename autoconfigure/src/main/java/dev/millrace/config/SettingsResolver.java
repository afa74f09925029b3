package dev.millrace.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import dev.millrace.AckPolicy;
import dev.millrace.DeadLetterHeaders;
import dev.millrace.DecodingException;
import dev.millrace.Ordering;
import dev.millrace.ReplyTopicException;
import dev.millrace.RetryMode;
import dev.millrace.StreamConfigurationException;
import dev.millrace.Unmatched;
import dev.millrace.UnmatchedRecordException;
import dev.millrace.endpoint.Backoff;
import dev.millrace.endpoint.BatchSettings;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.ConsumerSettings;
import dev.millrace.endpoint.DeadLetterSettings;
import dev.millrace.endpoint.DeliverySettings;
import dev.millrace.endpoint.EffectiveSetting;
import dev.millrace.endpoint.FailureTypes;
import dev.millrace.endpoint.FlowSettings;
import dev.millrace.endpoint.RetrySettings;

/**
 * Settings in force for one subscriber. Precedence, written here and nowhere else: the
 * override of its id, its annotation, its routers, the application's defaults, Millrace's
 * defaults.
 */
final class SettingsResolver {

	private static final int CONCURRENCY = 10;

	private static final int WINDOW = 1000;

	/**
	 * With fewer records than this for each handler that may run, a partition runs out of
	 * different keys.
	 */
	private static final int WINDOW_PER_HANDLER = 10;

	/**
	 * As many as a poll brings by default.
	 */
	private static final int BATCH = 500;

	private static final Duration BATCH_WAIT = Duration.ofMillis(200);

	private static final int ATTEMPTS = 10;

	private static final Duration COMMIT_INTERVAL = Duration.ofMillis(200);

	private static final Duration STALL_TIMEOUT = Duration.ofMinutes(5);

	private static final List<Class<? extends Throwable>> FATAL = fatal();

	private static final String OFFSET_RESET = "auto.offset.reset";

	private static final Pattern OFFSET_RESETS = Pattern.compile("earliest|latest|none|by_duration:P.+");

	private final String id;

	private final String where;

	private final ApplicationSettings application;

	private final SettingsLookup settings;

	SettingsResolver(String id, String where, List<SettingsSource> declared, ApplicationSettings application) {
		this.id = id;
		this.where = where;
		this.application = application;
		List<SettingsSource> sources = new ArrayList<>();
		application.overrides(id)
			.forEach((name, settings) -> sources.add(new SettingsSource("millrace.subscribers." + name, settings)));
		sources.addAll(declared);
		sources.add(new SettingsSource("millrace.subscriber", application.defaults()));
		this.settings = new SettingsLookup(sources);
	}

	/**
	 * Return the settings that were asked for until now.
	 * @return them, with where each was found
	 */
	List<EffectiveSetting> found() {
		return this.settings.found();
	}

	ConsumerSettings consumer() {
		Map<String, String> properties = this.settings.merge("properties", SettingsResolver::properties);
		String reset = properties.get(OFFSET_RESET);
		check(reset == null || OFFSET_RESETS.matcher(reset).matches(), "auto-offset-reset", reset,
				"Set earliest, latest, none or by_duration:<ISO duration>.");
		Integer consumers = this.settings.find("consumers", (settings) -> settings.consumer().consumers());
		check(consumers == null || consumers >= 1, "consumers", consumers, "Set a whole number from 1.");
		return new ConsumerSettings(groupId(),
				this.settings.find("client-id", (settings) -> settings.consumer().clientId()), consumers,
				this.settings.find("auto-startup", (settings) -> settings.consumer().autoStartup()), properties);
	}

	private static Map<String, String> properties(SubscriberSettings settings) {
		String autoOffsetReset = settings.consumer().autoOffsetReset();
		if (!StringUtils.hasText(autoOffsetReset)) {
			return settings.consumer().properties();
		}
		Map<String, String> properties = new LinkedHashMap<>(settings.consumer().properties());
		properties.put(OFFSET_RESET, autoOffsetReset);
		return properties;
	}

	FlowSettings flow() {
		Ordering ordering = this.settings.get("ordering", (settings) -> settings.flow().ordering(), Ordering.PARTITION);
		int concurrency = this.settings.get("concurrency", (settings) -> settings.flow().concurrency(), CONCURRENCY);
		Double maxRate = this.settings.find("max-rate", (settings) -> settings.flow().maxRate());
		BatchSettings batch = batch();
		int atOnce = (batch != null) ? 2 * batch.maxRecords() : concurrency * WINDOW_PER_HANDLER;
		Integer fixed = this.settings.find("window.high", (settings) -> settings.flow().windowHigh());
		int high = this.settings.get("window.high", (settings) -> settings.flow().windowHigh(),
				Math.max(WINDOW, atOnce));
		int filling = (batch != null) ? batch.maxRecords() - 1 : 0;
		int low = this.settings.get("window.low", (settings) -> settings.flow().windowLow(),
				Math.max(high / 2, filling));
		check(concurrency >= 1, "concurrency", concurrency, "Set a whole number from 1.");
		check(maxRate == null || maxRate > 0, "max-rate", maxRate, "Set a number greater than 0, or leave it out.");
		check(high >= 1, "window.high", high, "Set a whole number from 1.");
		check(batch == null || high >= batch.maxRecords(), "window.high", high,
				"Set at least batch.max-records, or no batch is ever full.");
		check(low >= 0 && low < high, "window.low", low, "Set a whole number from 0 that is less than window.high.");
		check(low >= filling, "window.low", low,
				"Set at least one less than batch.max-records, or nothing is read while a batch waits for more.");
		return new FlowSettings(ordering, concurrency, maxRate, high, low, fixed == null,
				duration("commit-interval", (settings) -> settings.flow().commitInterval(), COMMIT_INTERVAL),
				duration("stall-timeout", (settings) -> settings.flow().stallTimeout(), STALL_TIMEOUT),
				this.application.drainTimeout(), batch);
	}

	private @Nullable BatchSettings batch() {
		if (!this.settings.get("batch.enabled", (settings) -> settings.flow().batch().enabled(), false)) {
			return null;
		}
		int maxRecords = this.settings.get("batch.max-records", (settings) -> settings.flow().batch().maxRecords(),
				BATCH);
		check(maxRecords >= 1, "batch.max-records", maxRecords, "Set a whole number from 1.");
		return new BatchSettings(maxRecords,
				duration("batch.max-wait", (settings) -> settings.flow().batch().maxWait(), BATCH_WAIT));
	}

	BodySettings body() {
		return new BodySettings(this.settings.find("codec", (settings) -> settings.body().codec()),
				this.settings.find("content-type", (settings) -> settings.body().contentType()));
	}

	DeliverySettings delivery() {
		return new DeliverySettings(
				this.settings.get("ack-policy", (settings) -> settings.delivery().ackPolicy(),
						AckPolicy.ACK_ON_SUCCESS),
				this.settings.get("exactly-once", (settings) -> settings.delivery().exactlyOnce(), false),
				this.settings.get("unmatched", (settings) -> settings.delivery().unmatched(), Unmatched.DEAD_LETTER),
				this.settings.get("reply", (settings) -> settings.delivery().reply(), true), retry(), deadLetter());
	}

	private RetrySettings retry() {
		int attempts = this.settings.get("retry.attempts", (settings) -> settings.retry().attempts(), ATTEMPTS);
		double multiplier = this.settings.get("retry.multiplier", (settings) -> settings.retry().multiplier(), 2.0);
		double jitter = this.settings.get("retry.jitter", (settings) -> settings.retry().jitter(), 0.2);
		check(attempts >= 1, "retry.attempts", attempts, "Set a whole number from 1; 1 means no retry.");
		check(multiplier >= 1, "retry.multiplier", multiplier, "Set a number from 1.");
		check(jitter >= 0 && jitter <= 1, "retry.jitter", jitter, "Set a number from 0 to 1.");
		Backoff backoff = new Backoff(
				duration("retry.delay", (settings) -> settings.retry().delay(), Duration.ofSeconds(1)), multiplier,
				duration("retry.max-delay", (settings) -> settings.retry().maxDelay(), Duration.ofSeconds(30)), jitter);
		return new RetrySettings(attempts,
				this.settings.find("retry.max-time", (settings) -> settings.retry().maxTime()), backoff,
				new FailureTypes(this.settings.types("retry.on", (settings) -> settings.retry().on()),
						this.settings.types("retry.fatal", (settings) -> settings.retry().fatal()), FATAL),
				this.settings.get("retry.mode", (settings) -> settings.retry().mode(), RetryMode.LANE),
				this.settings.get("retry.topic", (settings) -> settings.retry().topic(), retryTopic()),
				this.settings.get("retry.keep-order", (settings) -> settings.retry().keepOrder(), false));
	}

	private String retryTopic() {
		String group = groupId();
		return (group.endsWith("." + this.id) ? group : group + "." + this.id) + "-retry";
	}

	private DeadLetterSettings deadLetter() {
		return new DeadLetterSettings(
				this.settings.get("dead-letter.enabled", (settings) -> settings.deadLetter().enabled(), true),
				this.settings.find("dead-letter.topic", (settings) -> settings.deadLetter().topic()), this.settings
					.get("dead-letter.headers", (settings) -> settings.deadLetter().headers(), DeadLetterHeaders.TEXT));
	}

	private Duration duration(String name, Function<SubscriberSettings, @Nullable Duration> setting,
			Duration otherwise) {
		Duration duration = this.settings.get(name, setting, otherwise);
		check(!duration.isNegative(), name, duration, "Set a duration from 0.");
		return duration;
	}

	private String groupId() {
		String groupId = this.settings.find("group-id", (settings) -> settings.consumer().groupId());
		if (groupId != null) {
			return groupId;
		}
		if (StringUtils.hasText(this.application.consumerGroupId())) {
			return this.settings.found("group-id", this.application.consumerGroupId(),
					"spring.kafka.consumer.group-id");
		}
		if (StringUtils.hasText(this.application.applicationName())) {
			return this.settings.found("group-id", this.application.applicationName() + "." + this.id,
					"spring.application.name");
		}
		throw new StreamConfigurationException(
				"Subscriber '%s' (%s) has no consumer group.".formatted(this.id, this.where),
				"Set spring.application.name, from which each subscriber gets a group of its own, or name the group: "
						+ "@StreamSubscriber(groupId = \"...\"), millrace.subscriber.group-id or "
						+ "spring.kafka.consumer.group-id.");
	}

	// Bean Validation may be absent.
	private static List<Class<? extends Throwable>> fatal() {
		String violation = "jakarta.validation.ConstraintViolationException";
		ClassLoader classLoader = SettingsResolver.class.getClassLoader();
		List<Class<? extends Throwable>> fatal = new ArrayList<>(
				List.of(DecodingException.class, UnmatchedRecordException.class, ReplyTopicException.class));
		if (ClassUtils.isPresent(violation, classLoader)) {
			fatal.add(ClassUtils.resolveClassName(violation, classLoader).asSubclass(Throwable.class));
		}
		return fatal;
	}

	private void check(boolean valid, String setting, @Nullable Object value, String action) {
		if (!valid) {
			throw new StreamConfigurationException("Subscriber '%s' (%s) has the invalid setting %s=%s."
				.formatted(this.id, this.where, setting, value), action);
		}
	}

}
