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
 * Failures that have nothing to do with the record that met them. {@code IOException} is
 * not among them: parsers throw it when a body is malformed.
 */
final class NetworkFailure {

	private static final List<Class<? extends Throwable>> TYPES = List.of(SocketException.class,
			SocketTimeoutException.class, UnknownHostException.class, HttpTimeoutException.class, SSLException.class,
			ClosedChannelException.class, TimeoutException.class, RetriableException.class, InterruptedException.class);

	private NetworkFailure() {
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
		return TYPES.stream().anyMatch((type) -> type.isInstance(failure));
	}

}
