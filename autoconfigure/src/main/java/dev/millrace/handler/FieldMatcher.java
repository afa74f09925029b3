package dev.millrace.handler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.core.JsonParser;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the field that the name of a JSON property belongs to, without creating the name.
 */
final class FieldMatcher {

	private final PropertyNameMatcher matcher;

	private final int[] fields;

	private final int[] ranks;

	private FieldMatcher(PropertyNameMatcher matcher, int[] fields, int[] ranks) {
		this.matcher = matcher;
		this.fields = fields;
		this.ranks = ranks;
	}

	// The names of each field come best first; a name that several would take belongs to
	// the one that it suits best
	static FieldMatcher of(List<List<String>> candidates, JsonMapper mapper) {
		Map<String, int[]> owners = new LinkedHashMap<>();
		int ranks = candidates.stream().mapToInt(List::size).max().orElse(0);
		for (int rank = 0; rank < ranks; rank++) {
			for (int field = 0; field < candidates.size(); field++) {
				List<String> names = candidates.get(field);
				if (rank < names.size()) {
					owners.putIfAbsent(names.get(rank), new int[] { field, rank });
				}
			}
		}
		List<Named> names = owners.keySet().stream().map(Named::fromString).toList();
		boolean ignoreCase = mapper.isEnabled(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES);
		PropertyNameMatcher matcher = (ignoreCase)
				? mapper.tokenStreamFactory()
					.constructCINameMatcher(names, false, mapper.deserializationConfig().getLocale())
				: mapper.tokenStreamFactory().constructNameMatcher(names, false);
		return new FieldMatcher(matcher, owners.values().stream().mapToInt((owner) -> owner[0]).toArray(),
				owners.values().stream().mapToInt((owner) -> owner[1]).toArray());
	}

	// Negative results are those of PropertyNameMatcher
	int next(JsonParser parser) {
		return parser.nextNameMatch(this.matcher);
	}

	int field(int candidate) {
		return this.fields[candidate];
	}

	// How well the name suits its field: 0 is best
	int rank(int candidate) {
		return this.ranks[candidate];
	}

}
