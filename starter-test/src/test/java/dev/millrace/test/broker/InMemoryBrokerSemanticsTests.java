package dev.millrace.test.broker;

import org.junit.jupiter.api.Nested;

/**
 * The semantics in memory.
 */
class InMemoryBrokerSemanticsTests {

	@Nested
	class Records extends RecordSemantics {

		Records() {
			super(new MemoryTestBroker());
		}

	}

	@Nested
	class Consumers extends ConsumerSemantics {

		Consumers() {
			super(new MemoryTestBroker());
		}

	}

	@Nested
	class Groups extends GroupSemantics {

		Groups() {
			super(new MemoryTestBroker());
		}

	}

	@Nested
	class Transactions extends TransactionSemantics {

		Transactions() {
			super(new MemoryTestBroker());
		}

	}

	@Nested
	class Admins extends AdminSemantics {

		Admins() {
			super(new MemoryTestBroker());
		}

	}

}
