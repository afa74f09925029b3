package dev.millrace.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

import dev.millrace.config.MissingTopics;

/**
 * Configuration properties of Millrace. Connection, security and client settings are
 * those of {@code spring.kafka.*}.
 */
@ConfigurationProperties("millrace")
public class MillraceProperties {

	/**
	 * Whether Millrace is there at all. Without it there are no subscribers and none of
	 * its beans, such as StreamOperations. To consume nothing for the time being, set
	 * spring.kafka.listener.auto-startup to false.
	 */
	private boolean enabled = true;

	@NestedConfigurationProperty
	private final SubscriberProperties subscriber = new SubscriberProperties();

	/**
	 * Settings of single subscribers by their id, which needs brackets when it has a dot.
	 * They win over the annotation.
	 */
	private final Map<String, SubscriberProperties> subscribers = new LinkedHashMap<>();

	private final Topics topics = new Topics();

	private final Request request = new Request();

	private final Shutdown shutdown = new Shutdown();

	private final Health health = new Health();

	private final DeadLetters deadLetters = new DeadLetters();

	@NestedConfigurationProperty
	private final AsyncApiProperties asyncapi = new AsyncApiProperties();

	@NestedConfigurationProperty
	private final ObservationProperties observation = new ObservationProperties();

	@NestedConfigurationProperty
	private final MetricsProperties metrics = new MetricsProperties();

	@NestedConfigurationProperty
	private final LoggingProperties logging = new LoggingProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public SubscriberProperties getSubscriber() {
		return this.subscriber;
	}

	public Map<String, SubscriberProperties> getSubscribers() {
		return this.subscribers;
	}

	public Topics getTopics() {
		return this.topics;
	}

	public Request getRequest() {
		return this.request;
	}

	public Shutdown getShutdown() {
		return this.shutdown;
	}

	public Health getHealth() {
		return this.health;
	}

	public DeadLetters getDeadLetters() {
		return this.deadLetters;
	}

	public AsyncApiProperties getAsyncapi() {
		return this.asyncapi;
	}

	public ObservationProperties getObservation() {
		return this.observation;
	}

	public MetricsProperties getMetrics() {
		return this.metrics;
	}

	public LoggingProperties getLogging() {
		return this.logging;
	}

	/**
	 * Declared topics.
	 */
	public static class Topics {

		/**
		 * What to do at start about declared topics that do not exist.
		 */
		private MissingTopics missing = MissingTopics.CREATE;

		/**
		 * Number of partitions of a topic that is created. The broker's default when not
		 * set.
		 */
		private @Nullable Integer partitions;

		/**
		 * Number of replicas of a topic that is created. The broker's default when not
		 * set.
		 */
		private @Nullable Short replicas;

		/**
		 * How long to wait at start for the broker to answer.
		 */
		private Duration timeout = Duration.ofSeconds(30);

		public MissingTopics getMissing() {
			return this.missing;
		}

		public void setMissing(MissingTopics missing) {
			this.missing = missing;
		}

		public @Nullable Integer getPartitions() {
			return this.partitions;
		}

		public void setPartitions(@Nullable Integer partitions) {
			this.partitions = partitions;
		}

		public @Nullable Short getReplicas() {
			return this.replicas;
		}

		public void setReplicas(@Nullable Short replicas) {
			this.replicas = replicas;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * Requests that wait for their answers.
	 */
	public static class Request {

		/**
		 * Topic in which answers are expected. By default the name of the application
		 * with '-replies' at its end. Every instance reads all of it.
		 */
		private @Nullable String replyTopic;

		/**
		 * How long an answer is waited for, unless the request says it.
		 */
		private Duration timeout = Duration.ofSeconds(10);

		public @Nullable String getReplyTopic() {
			return this.replyTopic;
		}

		public void setReplyTopic(@Nullable String replyTopic) {
			this.replyTopic = replyTopic;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * End of the application.
	 */
	public static class Shutdown {

		/**
		 * How long a stop or a rebalance waits for records that are being handled.
		 */
		private Duration timeout = Duration.ofSeconds(20);

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * Health of the connection.
	 */
	public static class Health {

		/**
		 * How long the check of the connection waits for a broker to answer.
		 */
		private Duration timeout = Duration.ofSeconds(3);

		/**
		 * How long a consumer may be without its group in a rebalance before the
		 * application is not ready any more.
		 */
		private Duration rebalanceGrace = Duration.ofSeconds(30);

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		public Duration getRebalanceGrace() {
			return this.rebalanceGrace;
		}

		public void setRebalanceGrace(Duration rebalanceGrace) {
			this.rebalanceGrace = rebalanceGrace;
		}

	}

	/**
	 * Dead letters after they were written.
	 */
	public static class DeadLetters {

		/**
		 * Topic that says which dead letters have been replayed. By default, the name of
		 * the application, followed by -replays.
		 */
		private @Nullable String log;

		public @Nullable String getLog() {
			return this.log;
		}

		public void setLog(@Nullable String log) {
			this.log = log;
		}

	}

}
