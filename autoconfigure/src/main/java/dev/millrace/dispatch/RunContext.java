package dev.millrace.dispatch;

import java.util.List;

/**
 * What surrounds everything that is done with a record on a thread of its lane: each
 * attempt, and what is done about an attempt that failed. Safe for use by several
 * threads.
 */
public interface RunContext {

	/**
	 * Nothing.
	 */
	RunContext NONE = new RunContext() {

		@Override
		public Run enter(InFlightRecord record) {
			return Run.NONE;
		}

		@Override
		public Run enter(List<InFlightRecord> records) {
			return Run.NONE;
		}

	};

	/**
	 * Begin with a record. May be called again within a run.
	 * @param record the record
	 * @return the run, to be closed by the same thread
	 */
	Run enter(InFlightRecord record);

	/**
	 * Begin with records that are handled together.
	 * @param records the records, at least one
	 * @return the run, to be closed by the same thread
	 */
	Run enter(List<InFlightRecord> records);

	/**
	 * Begin to handle records on the present thread, one after the other.
	 * @return what is to be closed by the same thread behind the last one
	 */
	default Run begin() {
		return Run.NONE;
	}

	/**
	 * Return a context with another one in it.
	 * @param inner the other one
	 * @return both
	 */
	default RunContext around(RunContext inner) {
		if (this == NONE || inner == NONE) {
			return (this == NONE) ? inner : this;
		}
		RunContext outer = this;
		return new RunContext() {

			@Override
			public Run enter(InFlightRecord record) {
				return outer.enter(record).around(inner.enter(record));
			}

			@Override
			public Run enter(List<InFlightRecord> records) {
				return outer.enter(records).around(inner.enter(records));
			}

			@Override
			public Run begin() {
				return outer.begin().around(inner.begin());
			}

		};
	}

	/**
	 * What is done on one thread without a pause.
	 */
	@FunctionalInterface
	interface Run extends AutoCloseable {

		/**
		 * Without anything around it.
		 */
		Run NONE = () -> {
		};

		@Override
		void close();

		private Run around(Run inner) {
			return () -> {
				inner.close();
				close();
			};
		}

	}

}
