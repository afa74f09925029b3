package dev.millrace.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.millrace.endpoint.EffectiveSetting;

/**
 * Looks for settings of one subscriber in one place after the other, and notes where each
 * was found.
 */
final class SettingsLookup {

	private static final String DEFAULT = "default";

	private final Map<String, EffectiveSetting> found = new LinkedHashMap<>();

	private final List<SettingsSource> sources;

	SettingsLookup(List<SettingsSource> sources) {
		this.sources = List.copyOf(sources);
	}

	<T> @Nullable T find(String name, Function<SubscriberSettings, @Nullable T> setting) {
		for (SettingsSource source : this.sources) {
			T value = setting.apply(source.settings());
			if (value != null && says(value)) {
				return found(name, value, source.name());
			}
		}
		this.found.put(name, new EffectiveSetting(name, null, DEFAULT));
		return null;
	}

	<T> T get(String name, Function<SubscriberSettings, @Nullable T> setting, T otherwise) {
		T value = find(name, setting);
		return (value != null) ? value : found(name, otherwise, DEFAULT);
	}

	List<Class<? extends Throwable>> types(String name,
			Function<SubscriberSettings, List<Class<? extends Throwable>>> setting) {
		List<Class<? extends Throwable>> types = find(name, (settings) -> {
			List<Class<? extends Throwable>> said = setting.apply(settings);
			return said.isEmpty() ? null : said;
		});
		return (types != null) ? types : List.of();
	}

	/**
	 * Put together what all places say.
	 * @param name what the names of the entries begin with
	 * @param setting some entries
	 * @return all entries; what is found first wins
	 */
	Map<String, String> merge(String name, Function<SubscriberSettings, Map<String, String>> setting) {
		Map<String, String> merged = new LinkedHashMap<>();
		this.sources.forEach((source) -> setting.apply(source.settings()).forEach((key, value) -> {
			if (merged.putIfAbsent(key, value) == null) {
				found(name + "." + key, value, source.name());
			}
		}));
		return merged;
	}

	/**
	 * Take note of a setting.
	 * @param name the name
	 * @param value the value
	 * @param source where it was found
	 * @param <T> the type of the value
	 * @return the value
	 */
	<T> T found(String name, T value, String source) {
		this.found.put(name, new EffectiveSetting(name, text(value), source));
		return value;
	}

	/**
	 * Return what was looked for until now.
	 * @return the settings, in the order of the first look
	 */
	List<EffectiveSetting> found() {
		return List.copyOf(this.found.values());
	}

	// An empty text says nothing, as in spring.kafka.consumer.group-id=${GROUP:}.
	private static boolean says(Object value) {
		return !(value instanceof String text && text.isBlank());
	}

	private static String text(@Nullable Object value) {
		if (value instanceof List<?> types) {
			return types.stream().map(SettingsLookup::text).collect(Collectors.joining(", "));
		}
		return (value instanceof Class<?> type) ? type.getName() : String.valueOf(value);
	}

}
