package dev.millrace.config;

/**
 * One of the places that settings of a subscriber come from.
 *
 * @param name what users know it by
 * @param settings what is said there
 */
record SettingsSource(String name, SubscriberSettings settings) {

}
