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

	private final List<SubscriberSettings> sources;

	SettingsResolver(String id, String where, List<SubscriberSettings> declared, ApplicationSettings application) {
		this.id = id;
		this.where = where;
		this.application = application;
		this.sources = new ArrayList<>();
		this.sources.add(application.overrides().getOrDefault(id, SubscriberSettings.NONE));
		this.sources.addAll(declared);
		this.sources.add(application.defaults());
	}

	ConsumerSettings consumer() {
		Map<String, String> properties = new LinkedHashMap<>();
		for (int i = this.sources.size() - 1; i >= 0; i--) {
			properties.putAll(this.sources.get(i).consumer().properties());
			String autoOffsetReset = this.sources.get(i).consumer().autoOffsetReset();
			if (StringUtils.hasText(autoOffsetReset)) {
				properties.put(OFFSET_RESET, autoOffsetReset);
			}
		}
		String reset = properties.get(OFFSET_RESET);
		check(reset == null || OFFSET_RESETS.matcher(reset).matches(), "auto-offset-reset", reset,
				"Set earliest, latest, none or by_duration:<ISO duration>.");
		Integer consumers = find((settings) -> settings.consumer().consumers());
		check(consumers == null || consumers >= 1, "consumers", consumers, "Set a whole number from 1.");
		return new ConsumerSettings(groupId(), find((settings) -> settings.consumer().clientId()), consumers,
				find((settings) -> settings.consumer().autoStartup()), properties);
	}

	FlowSettings flow() {
		Ordering ordering = get((settings) -> settings.flow().ordering(), Ordering.PARTITION);
		int concurrency = get((settings) -> settings.flow().concurrency(), CONCURRENCY);
		Double maxRate = find((settings) -> settings.flow().maxRate());
		BatchSettings batch = batch();
		int atOnce = (batch != null) ? 2 * batch.maxRecords() : concurrency * WINDOW_PER_HANDLER;
		int high = get((settings) -> settings.flow().windowHigh(), Math.max(WINDOW, atOnce));
		int low = get((settings) -> settings.flow().windowLow(), high / 2);
		check(concurrency >= 1, "concurrency", concurrency, "Set a whole number from 1.");
		check(maxRate == null || maxRate > 0, "max-rate", maxRate, "Set a number greater than 0, or leave it out.");
		check(high >= 1, "window.high", high, "Set a whole number from 1.");
		check(low >= 0 && low < high, "window.low", low, "Set a whole number from 0 that is less than window.high.");
		check(batch == null || high >= batch.maxRecords(), "window.high", high,
				"Set at least batch.max-records, or no batch is ever full.");
		return new FlowSettings(ordering, concurrency, maxRate, high, low,
				duration((settings) -> settings.flow().commitInterval(), COMMIT_INTERVAL, "commit-interval"),
				duration((settings) -> settings.flow().stallTimeout(), STALL_TIMEOUT, "stall-timeout"),
				this.application.drainTimeout(), batch);
	}

	private @Nullable BatchSettings batch() {
		if (!get((settings) -> settings.flow().batch().enabled(), false)) {
			return null;
		}
		int maxRecords = get((settings) -> settings.flow().batch().maxRecords(), BATCH);
		check(maxRecords >= 1, "batch.max-records", maxRecords, "Set a whole number from 1.");
		return new BatchSettings(maxRecords,
				duration((settings) -> settings.flow().batch().maxWait(), BATCH_WAIT, "batch.max-wait"));
	}

	BodySettings body() {
		return new BodySettings(find((settings) -> settings.body().codec()),
				find((settings) -> settings.body().contentType()));
	}

	DeliverySettings delivery() {
		return new DeliverySettings(get((settings) -> settings.delivery().ackPolicy(), AckPolicy.ACK_ON_SUCCESS),
				get((settings) -> settings.delivery().exactlyOnce(), false),
				get((settings) -> settings.delivery().unmatched(), Unmatched.DEAD_LETTER),
				get((settings) -> settings.delivery().reply(), true), retry(), deadLetter());
	}

	private RetrySettings retry() {
		int attempts = get((settings) -> settings.retry().attempts(), ATTEMPTS);
		double multiplier = get((settings) -> settings.retry().multiplier(), 2.0);
		double jitter = get((settings) -> settings.retry().jitter(), 0.2);
		check(attempts >= 1, "retry.attempts", attempts, "Set a whole number from 1; 1 means no retry.");
		check(multiplier >= 1, "retry.multiplier", multiplier, "Set a number from 1.");
		check(jitter >= 0 && jitter <= 1, "retry.jitter", jitter, "Set a number from 0 to 1.");
		Backoff backoff = new Backoff(
				duration((settings) -> settings.retry().delay(), Duration.ofSeconds(1), "retry.delay"), multiplier,
				duration((settings) -> settings.retry().maxDelay(), Duration.ofSeconds(30), "retry.max-delay"), jitter);
		return new RetrySettings(attempts, find((settings) -> settings.retry().maxTime()), backoff,
				new FailureTypes(types((settings) -> settings.retry().on()),
						types((settings) -> settings.retry().fatal()), FATAL),
				get((settings) -> settings.retry().mode(), RetryMode.LANE),
				get((settings) -> settings.retry().topic(), retryTopic()),
				get((settings) -> settings.retry().keepOrder(), false));
	}

	private String retryTopic() {
		String group = groupId();
		return (group.endsWith("." + this.id) ? group : group + "." + this.id) + "-retry";
	}

	private DeadLetterSettings deadLetter() {
		return new DeadLetterSettings(get((settings) -> settings.deadLetter().enabled(), true),
				find((settings) -> settings.deadLetter().topic()),
				get((settings) -> settings.deadLetter().headers(), DeadLetterHeaders.TEXT));
	}

	private List<Class<? extends Throwable>> types(
			Function<SubscriberSettings, List<Class<? extends Throwable>>> setting) {
		return this.sources.stream().map(setting).filter((types) -> !types.isEmpty()).findFirst().orElse(List.of());
	}

	private Duration duration(Function<SubscriberSettings, @Nullable Duration> setting, Duration otherwise,
			String name) {
		Duration duration = get(setting, otherwise);
		check(!duration.isNegative(), name, duration, "Set a duration from 0.");
		return duration;
	}

	private String groupId() {
		String groupId = find((settings) -> settings.consumer().groupId());
		if (groupId != null) {
			return groupId;
		}
		if (StringUtils.hasText(this.application.consumerGroupId())) {
			return this.application.consumerGroupId();
		}
		if (StringUtils.hasText(this.application.applicationName())) {
			return this.application.applicationName() + "." + this.id;
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

	private <T> T get(Function<SubscriberSettings, @Nullable T> setting, T otherwise) {
		T value = find(setting);
		return (value != null) ? value : otherwise;
	}

	private <T> @Nullable T find(Function<SubscriberSettings, @Nullable T> setting) {
		return this.sources.stream().map(setting).filter(SettingsResolver::says).findFirst().orElse(null);
	}

	// An empty text says nothing, as in spring.kafka.consumer.group-id=${GROUP:}.
	private static boolean says(@Nullable Object value) {
		return value != null && !(value instanceof String text && text.isBlank());
	}

	private void check(boolean valid, String setting, @Nullable Object value, String action) {
		if (!valid) {
			throw new StreamConfigurationException("Subscriber '%s' (%s) has the invalid setting %s=%s."
				.formatted(this.id, this.where, setting, value), action);
		}
	}

}
