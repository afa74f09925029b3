package dev.millrace.autoconfigure;

/**
 * Observations of what is handled and published.
 */
public class ObservationProperties {

	/**
	 * Whether records that are handled and published are observed, if the application has
	 * an ObservationRegistry with somebody who handles its observations.
	 */
	private boolean enabled = true;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

}
