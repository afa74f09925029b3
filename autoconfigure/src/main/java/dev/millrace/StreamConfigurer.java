package dev.millrace;

/**
 * Declares subscribers without annotations. All beans of this type are called, in
 * Spring's order, after all singletons have been created and before anything starts.
 */
@FunctionalInterface
public interface StreamConfigurer {

	/**
	 * Declare subscribers.
	 * @param registry takes the subscribers
	 * @throws StreamConfigurationException when one can't work
	 */
	void configure(SubscriberRegistry registry);

}
