package dev.millrace.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one application process has written down.
 *
 * @param instance the name of the process
 * @param tenures the partitions it had, in the order of time
 * @param handlings what it handled
 * @param pauses when it stood still
 */
record Life(String instance, List<Tenure> tenures, List<Handling> handlings, List<Interval> pauses) {

	static Life parse(String instance, Iterable<String> lines) {
		Parser parser = new Parser(instance);
		lines.forEach((line) -> parser.accept(line.split(" ")));
		return parser.life();
	}

	/**
	 * Reads lines. A process that is killed may leave a piece of a line as its last one;
	 * whoever reads the file leaves it out.
	 */
	private static final class Parser {

		private final Map<Integer, Tenure> current = new HashMap<>();

		private final Map<String, Handling> open = new HashMap<>();

		private final Life life;

		Parser(String instance) {
			this.life = new Life(instance, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		}

		void accept(String... words) {
			switch (words[0]) {
				case "S" -> {
					// Of interest only while the process runs
				}
				case "P" -> this.life.pauses.add(new Interval(number(words[1]), number(words[2])));
				case "A" -> {
					Tenure tenure = new Tenure(this.life.instance, partition(words[1]), number(words[2]),
							number(words[3]));
					this.life.tenures.add(tenure);
					this.current.put(tenure.partition(), tenure);
				}
				case "R" -> end(words[1], Tenure.Ending.REVOKED, number(words[2]));
				case "L" -> end(words[1], Tenure.Ending.LOST, number(words[2]));
				case "B" -> this.open.put(words[1],
						new Handling(tenure(words[2]), new RecordId(partition(words[2]), number(words[3])), words[4],
								number(words[5]), Long.MAX_VALUE));
				case "E" -> {
					Handling begun = this.open.remove(words[1]);
					this.life.handlings
						.add(new Handling(begun.tenure(), begun.id(), begun.body(), begun.start(), number(words[2])));
				}
				default -> throw new IllegalArgumentException("Not a line of the log: " + String.join(" ", words));
			}
		}

		Life life() {
			this.life.handlings.addAll(this.open.values());
			return this.life;
		}

		// One that is stopped while it asks for its position, as it has to before it
		// writes down an assignment, has only the end to write down.
		private void end(String partition, Tenure.Ending ending, long time) {
			Tenure tenure = this.current.get(partition(partition));
			if (tenure != null) {
				tenure.end(ending, time);
			}
		}

		// A record may still begin after its partition has been lost: it belongs to the
		// tenure that was the last one when it began.
		private Tenure tenure(String partition) {
			Tenure tenure = this.current.get(partition(partition));
			if (tenure == null) {
				throw new IllegalStateException(this.life.instance + " has never been assigned partition " + partition);
			}
			return tenure;
		}

		private static int partition(String word) {
			return Integer.parseInt(word);
		}

		private static long number(String word) {
			return Long.parseLong(word);
		}

	}

}
