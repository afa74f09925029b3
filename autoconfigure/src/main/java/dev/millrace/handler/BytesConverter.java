package dev.millrace.handler;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import tools.jackson.databind.JavaType;

import dev.millrace.codec.TextConverter;
import dev.millrace.codec.TextDecoder;

/**
 * Converts the bytes of keys and headers, which are UTF-8 text unless shown otherwise.
 */
final class BytesConverter {

	private final TextConverter textConverter;

	private final ConversionService conversionService;

	BytesConverter(TextConverter textConverter, ConversionService conversionService) {
		this.textConverter = textConverter;
		this.conversionService = conversionService;
	}

	static Object textOrBytes(byte[] bytes) {
		String text = TextDecoder.decode(bytes, StandardCharsets.UTF_8);
		return (text != null) ? text : bytes;
	}

	Function<byte[], Object> fromBytes(JavaType type) {
		if (type.getRawClass() == byte[].class) {
			return (bytes) -> bytes;
		}
		if (type.isJavaLangObject()) {
			return BytesConverter::textOrBytes;
		}
		Function<String, Object> fromText = fromText(type);
		return (bytes) -> {
			String text = TextDecoder.decode(bytes, StandardCharsets.UTF_8);
			if (text == null) {
				throw new IllegalArgumentException("Not UTF-8");
			}
			return fromText.apply(text);
		};
	}

	Function<String, Object> fromText(JavaType type) {
		ConversionService conversions = this.conversionService;
		Class<?> raw = type.getRawClass();
		if (!BeanUtils.isSimpleValueType(raw) && !raw.isAssignableFrom(String.class)) {
			TypeDescriptor target = new TypeDescriptor(resolvable(type), null, null);
			if (conversions.canConvert(TypeDescriptor.valueOf(String.class), target)) {
				return (text) -> convert(conversions, text, target);
			}
		}
		return (text) -> this.textConverter.convert(text, type);
	}

	private static Object convert(ConversionService conversions, String text, TypeDescriptor target) {
		Object value = conversions.convert(text, TypeDescriptor.valueOf(String.class), target);
		if (value == null) {
			throw new IllegalArgumentException("Converted to null");
		}
		return value;
	}

	static ResolvableType resolvable(JavaType type) {
		ResolvableType[] generics = new ResolvableType[type.containedTypeCount()];
		for (int i = 0; i < generics.length; i++) {
			generics[i] = resolvable(type.containedType(i));
		}
		return (generics.length > 0) ? ResolvableType.forClassWithGenerics(type.getRawClass(), generics)
				: ResolvableType.forClass(type.getRawClass());
	}

}
