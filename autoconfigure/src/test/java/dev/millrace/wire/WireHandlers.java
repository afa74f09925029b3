package dev.millrace.wire;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.handler.HandlerMethodFactory;
import dev.millrace.handler.TestDelivery;

/**
 * Handlers that return what they get.
 */
class WireHandlers {

	private static final HandlerMethodFactory FACTORY = new HandlerMethodFactory(JsonMapper.shared(), null);

	static @Nullable Object call(String name, ConsumerRecord<byte[], byte[]> record) throws Exception {
		Method method = Arrays.stream(WireHandlers.class.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
		HandlerMethod handler = new HandlerMethod(new WireHandlers(), "wire", WireHandlers.class, method, method);
		return FACTORY.create(handler).invoke(TestDelivery.of(record));
	}

	static String describe(@Nullable Object value) {
		if (value == null) {
			return "null";
		}
		String text = (value instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes) : value.toString();
		return value.getClass().getSimpleName() + " " + text;
	}

	@Nullable String text(@Nullable String body) {
		return body;
	}

	@Nullable Object any(@Nullable Object body) {
		return body;
	}

	byte @Nullable [] bytes(byte @Nullable [] body) {
		return body;
	}

	@Nullable Map<String, Object> map(@Nullable Map<String, Object> body) {
		return body;
	}

	List<Object> list(List<Object> body) {
		return body;
	}

	Set<Integer> numbers(Set<Integer> body) {
		return body;
	}

	int integer(int body) {
		return body;
	}

	double number(double body) {
		return body;
	}

	boolean flag(boolean body) {
		return body;
	}

	BigInteger big(BigInteger body) {
		return body;
	}

	LocalDate date(LocalDate body) {
		return body;
	}

	UUID uuid(UUID body) {
		return body;
	}

	Duration duration(Duration body) {
		return body;
	}

	Color color(Color body) {
		return body;
	}

	User user(User body) {
		return body;
	}

	List<User> users(List<User> body) {
		return body;
	}

	Point point(Point body) {
		return body;
	}

	Event event(Event body) {
		return body;
	}

	Price price(Price body) {
		return body;
	}

	Holder holder(Holder body) {
		return body;
	}

	String fields(String user, int userId) {
		return user + " " + userId;
	}

	enum Color {

		@JsonProperty("red")
		RED

	}

	record User(String user, @JsonProperty("user_id") int userId, @Nullable String tag, @Nullable Instant when) {

	}

	record Point(int a, String b) {

	}

	record Event(LocalDateTime t) {

	}

	record Price(BigDecimal d) {

	}

	record Holder(String b) {

	}

}
