package dev.millrace.autoconfigure;

import java.time.Duration;

/**
 * Meters.
 */
public class MetricsProperties {

	/**
	 * How often the lag of the groups is measured, zero for never. Each time costs one
	 * request for all groups and one for all partitions.
	 */
	private Duration lagInterval = Duration.ofSeconds(15);

	/**
	 * How long the measurement waits for a broker to answer.
	 */
	private Duration lagTimeout = Duration.ofSeconds(5);

	public Duration getLagInterval() {
		return this.lagInterval;
	}

	public void setLagInterval(Duration lagInterval) {
		this.lagInterval = lagInterval;
	}

	public Duration getLagTimeout() {
		return this.lagTimeout;
	}

	public void setLagTimeout(Duration lagTimeout) {
		this.lagTimeout = lagTimeout;
	}

}
