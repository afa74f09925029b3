package dev.millrace.publisher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;
import org.springframework.util.ObjectUtils;

import dev.millrace.PublishResult;
import dev.millrace.Response;
import dev.millrace.endpoint.PublisherMethod;
import dev.millrace.expression.ExpressionRoot;
import dev.millrace.expression.RecordExpression;

/**
 * Publishes what a method is called with. Safe for use by several threads.
 */
public final class MethodPublisher {

	private final PublisherMethod method;

	private final @Nullable RecordExpression key;

	private final @Nullable RecordExpression partition;

	private final OutgoingRecords records;

	private final Supplier<PublishTarget> target;

	MethodPublisher(PublisherMethod method, OutgoingRecords records, Supplier<PublishTarget> target) {
		ResolvableType bodyType = new ResultElements(ResolvableType.forType(method.bodyType())).bodyType();
		this.method = method;
		this.key = expression(method.publisher().key(), bodyType, "key of " + method.where());
		this.partition = expression(method.publisher().partition(), bodyType, "partition of " + method.where());
		this.records = records.ofType(bodyType.getType(), method.publisher().body(), method.where());
		this.target = target;
	}

	/**
	 * Publish.
	 * @param arguments what the method is called with
	 * @return completes when the record is confirmed
	 */
	public CompletableFuture<PublishResult> publish(@Nullable Object[] arguments) {
		Object body = arguments[this.method.body()];
		Assert.notNull(body, () -> this.method.where()
				+ " must not be called with null; to say that something is gone, call it with a tombstone");
		PublishTarget target = this.target.get();
		Response<?> response = complete(OutgoingRecords.response(body), arguments);
		String topic = this.method.publisher().topic();
		return target.publish(topic, this.records.create(topic, response, target));
	}

	private Response<?> complete(Response<?> response, @Nullable Object[] arguments) {
		Response<?> complete = response;
		if (!response.keyed() && this.method.key() != null) {
			complete = complete.withKey(ObjectUtils.unwrapOptional(arguments[this.method.key()]));
		}
		else if (!response.keyed() && this.key != null && response.body() != null) {
			complete = complete.withKey(this.key.evaluate(response.body(), null));
		}
		Integer partition = partition(response);
		complete = (partition != null) ? complete.withPartition(partition) : complete;
		for (Map.Entry<String, String> header : headers(arguments).entrySet()) {
			if (!response.headers().containsKey(header.getKey())) {
				complete = complete.withHeader(header.getKey(), header.getValue());
			}
		}
		return complete;
	}

	private @Nullable Integer partition(Response<?> response) {
		if (response.partition() != null || this.partition == null) {
			return response.partition();
		}
		Object body = response.body();
		Assert.state(body != null, () -> "The partition of %s depends on the body; say where the tombstone goes"
			.formatted(this.method.where()));
		return Partitions.of(this.partition.evaluate(body, null), this.method.where());
	}

	private Map<String, String> headers(@Nullable Object[] arguments) {
		Map<String, String> headers = new LinkedHashMap<>(this.method.publisher().headers());
		this.method.headerMaps().forEach((index) -> {
			if (arguments[index] instanceof Map<?, ?> map) {
				map.forEach((name, value) -> put(headers, String.valueOf(name), value));
			}
		});
		this.method.headers().forEach((index, name) -> put(headers, name, arguments[index]));
		return headers;
	}

	private static void put(Map<String, String> headers, String name, @Nullable Object value) {
		Object unwrapped = ObjectUtils.unwrapOptional(value);
		if (unwrapped != null) {
			headers.put(name, unwrapped.toString());
		}
	}

	private static @Nullable RecordExpression expression(@Nullable String text, ResolvableType bodyType, String where) {
		return (text != null) ? RecordExpression.parse(text, ExpressionRoot.alone(bodyType), where) : null;
	}

}
