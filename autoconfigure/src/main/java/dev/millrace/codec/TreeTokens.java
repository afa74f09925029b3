package dev.millrace.codec;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * Tokens of a tree whose fractions are exact. As in a text, they don't say what they are:
 * a type that names none gets what the mapper makes of them.
 */
final class TreeTokens extends JsonParserDelegate {

	TreeTokens(JsonParser tokens) {
		super(tokens);
	}

	@Override
	public NumberTypeFP getNumberTypeFP() {
		return NumberTypeFP.UNKNOWN;
	}

	@Override
	public Number getNumberValue() {
		return hasToken(JsonToken.VALUE_NUMBER_FLOAT) ? getDoubleValue() : super.getNumberValue();
	}

}
