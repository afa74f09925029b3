package dev.millrace.codec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.kafka.CloudEventSerializer;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Codec of CloudEvents, by the CloudEvents SDK, as the Kafka protocol binding 1.0.2 of
 * the specification has them.
 * <p>
 * Reads a {@code CloudEvent} in binary mode ({@code ce_} headers) and in structured mode
 * (content type {@code application/cloudevents+json}). A handler that takes any other
 * type gets the data of the event as that type; in binary mode, the data is the body of
 * the record, which needs no codec.
 * <p>
 * Writes a {@code CloudEvent} in binary mode, and in structured mode where the publisher
 * asks for the content type of a format. A format needs a library:
 * {@code cloudevents-json-jackson} for JSON.
 */
public final class CloudEventsCodec implements StreamCodec {

	private static final String FAMILY = "application/cloudevents";

	private static final String JSON = FAMILY + "+json";

	private static final String DEFAULT_DATA_CONTENT_TYPE = "application/json";

	private final CloudEventSerializer binary = new CloudEventSerializer();

	@Override
	public List<String> contentTypes() {
		Set<String> contentTypes = new LinkedHashSet<>();
		contentTypes.add(JSON);
		contentTypes.addAll(EventFormatProvider.getInstance().getContentTypes());
		return List.copyOf(contentTypes);
	}

	@Override
	public boolean supports(Class<?> type) {
		return CloudEvent.class.isAssignableFrom(type);
	}

	@Override
	public @Nullable Object read(InboundRecord record, ResolvableType target) {
		CloudEvent event = event(record);
		if (CloudEvent.class.isAssignableFrom(target.toClass())) {
			return event;
		}
		CloudEventData data = event.getData();
		String contentType = event.getDataContentType();
		return (data != null) ? record.read(bytes(data, record),
				(contentType != null) ? contentType : DEFAULT_DATA_CONTENT_TYPE, target) : null;
	}

	@Override
	public byte @Nullable [] write(Object value, OutboundRecord record) {
		if (!(value instanceof CloudEvent event)) {
			throw new IllegalArgumentException("Not a CloudEvent");
		}
		String contentType = record.contentType();
		if (contentType == null) {
			return this.binary.serialize(record.topic(), record.headers(), event);
		}
		return format(contentType).serialize(event);
	}

	// The tree that the SDK makes of JSON within JSON has rounded its fractions.
	private static byte[] bytes(CloudEventData data, InboundRecord record) {
		byte[] body = record.body();
		byte[] exact = (body != null && isJsonEnvelope(record) && !(data instanceof BytesCloudEventData))
				? JsonEnvelope.data(body) : null;
		return (exact != null) ? exact : data.toBytes();
	}

	private static boolean isJsonEnvelope(InboundRecord record) {
		String contentType = record.contentType();
		return contentType != null && ContentType.parse(contentType).mediaType().equals(JSON);
	}

	private static CloudEvent event(InboundRecord record) {
		byte[] body = record.body();
		String contentType = record.contentType();
		if (body != null && contentType != null && ContentType.parse(contentType).mediaType().startsWith(FAMILY)) {
			return format(contentType).deserialize(body);
		}
		return KafkaMessageFactory.createReader(record.headers(), body).toEvent();
	}

	private static EventFormat format(String contentType) {
		EventFormat format = EventFormatProvider.getInstance()
			.resolveFormat(ContentType.parse(contentType).mediaType());
		if (format == null) {
			throw new IllegalArgumentException("No library on the class path has the event format " + contentType
					+ "; that of JSON is io.cloudevents:cloudevents-json-jackson");
		}
		return format;
	}

}
