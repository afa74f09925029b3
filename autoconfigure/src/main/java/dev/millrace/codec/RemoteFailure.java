package dev.millrace.codec;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import org.apache.kafka.common.errors.RetriableException;

/**
 * Failures of something else than the body, such as a schema registry that does not
 * answer. {@code IOException} is not among them: parsers throw it when a body is
 * malformed.
 */
final class RemoteFailure {

	private static final List<Class<? extends Throwable>> TYPES = List.of(SocketException.class,
			SocketTimeoutException.class, UnknownHostException.class, HttpTimeoutException.class, SSLException.class,
			ClosedChannelException.class, TimeoutException.class, RetriableException.class, InterruptedException.class);

	// Clients of registries, and what those are made with. Only their names tell, and
	// few applications have them.
	private static final List<String> CLIENTS = List.of("io.apicurio.registry.rest.client.", "io.apicurio.rest.client.",
			"com.microsoft.kiota.", "io.vertx.core.", "io.netty.channel.",
			"io.confluent.kafka.schemaregistry.client.rest.", "org.apache.http.", "org.apache.hc.", "okhttp3.",
			"org.springframework.web.client.", "software.amazon.awssdk.");

	private RemoteFailure() {
	}

	static boolean isAmongCauses(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 50; depth++) {
			if (isOne(cause)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	private static boolean isOne(Throwable failure) {
		String name = failure.getClass().getName();
		return TYPES.stream().anyMatch((type) -> type.isInstance(failure))
				|| CLIENTS.stream().anyMatch(name::startsWith);
	}

}
