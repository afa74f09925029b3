package dev.millrace.config;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What the application's configuration says about its subscribers.
 *
 * @param defaults settings of all subscribers
 * @param overrides settings of single subscribers, by id, the first of which win; they
 * win over annotations
 * @param consumerGroupId the group id of the application's own Kafka consumers, or
 * {@code null}
 * @param applicationName the name of the application, or {@code null}
 * @param drainTimeout how long a revoke or a stop waits for running records
 */
public record ApplicationSettings(SubscriberSettings defaults, Map<String, SubscriberSettings> overrides,
		@Nullable String consumerGroupId, @Nullable String applicationName, Duration drainTimeout) {

	private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9]");

	public ApplicationSettings {
		overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
	}

	/**
	 * Return what is said of one subscriber: by its id, or by the letters and digits of
	 * its id, which are all that the name of an environment variable has of it.
	 * @param id the id
	 * @return the settings by the names that they are under, the first of which win
	 */
	Map<String, SubscriberSettings> overrides(String id) {
		Map<String, SubscriberSettings> found = new LinkedHashMap<>(this.overrides);
		found.keySet().removeIf((name) -> !isOf(name, id));
		return found;
	}

	/**
	 * Return the settings that are of no subscriber.
	 * @param ids the ids of all subscribers
	 * @return the names that they are under, sorted
	 */
	Set<String> unusedOverrides(Collection<String> ids) {
		Set<String> unused = new TreeSet<>(this.overrides.keySet());
		unused.removeIf((name) -> ids.stream().anyMatch((id) -> isOf(name, id)));
		return unused;
	}

	private static boolean isOf(String name, String id) {
		return name.equals(id) || name.equals(OTHERS.matcher(id).replaceAll("").toLowerCase(Locale.ROOT));
	}

}
