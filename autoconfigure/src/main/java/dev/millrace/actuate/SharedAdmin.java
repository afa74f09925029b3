package dev.millrace.actuate;

import java.time.Duration;
import java.util.function.Supplier;

import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Admin client for all that looks at the cluster, made when it is first needed. Safe for
 * use by several threads.
 */
public final class SharedAdmin implements Supplier<Admin>, AutoCloseable {

	private final Supplier<Admin> admins;

	private @Nullable Admin admin;

	private boolean closed;

	/**
	 * Create the place of a client.
	 * @param admins makes it
	 */
	public SharedAdmin(Supplier<Admin> admins) {
		this.admins = admins;
	}

	@Override
	public synchronized Admin get() {
		if (this.closed) {
			throw new IllegalStateException("The application has ended");
		}
		Admin admin = this.admin;
		if (admin == null) {
			admin = this.admins.get();
			this.admin = admin;
		}
		return admin;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.admin != null) {
			this.admin.close(Duration.ZERO);
		}
	}

}
