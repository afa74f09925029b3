package dev.millrace.sample.logs;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import dev.millrace.sample.StreamSender;

/**
 * Publishes the application's log events to the topic {@code logs}, keyed by logger. A
 * thread of its own does it, so that nobody who logs waits for the broker. An event that
 * can't be published is dropped and counted.
 */
@Component
class LogForwarder implements SmartLifecycle {

	static final String TOPIC = "logs";

	private final StreamSender sender;

	private final LogBuffer buffer;

	private final LogAppender appender;

	private @Nullable Thread thread;

	LogForwarder(StreamSender sender, LogBuffer buffer) {
		this.sender = sender;
		this.buffer = buffer;
		this.appender = new LogAppender(buffer);
	}

	@Override
	public void start() {
		Thread forwarder = new Thread(this::forward, "log-forwarder");
		forwarder.setDaemon(true);
		forwarder.start();
		this.thread = forwarder;
		Logger root = rootLogger();
		this.appender.setContext(root.getLoggerContext());
		this.appender.start();
		root.addAppender(this.appender);
	}

	@Override
	public void stop() {
		rootLogger().detachAppender(this.appender);
		this.appender.stop();
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.appender.isStarted();
	}

	private void forward() {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				publish(this.buffer.take());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void publish(LogEvent event) {
		try {
			this.sender.send(TOPIC, event.logger(), event).whenComplete((receipt, ex) -> {
				if (ex != null) {
					this.buffer.countDropped();
				}
			});
		}
		catch (RuntimeException ex) {
			// Whatever it is, it must not end this thread, nor be logged
			this.buffer.countDropped();
		}
	}

	private static Logger rootLogger() {
		return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
	}

}
