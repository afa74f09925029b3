package dev.millrace.test.broker;

import org.junit.jupiter.api.Nested;

/**
 * The semantics of a real broker, which are those that count.
 */
class RealBrokerSemanticsIntegrationTests {

	@Nested
	class Records extends RecordSemantics {

		Records() {
			super(new RealTestBroker());
		}

	}

	@Nested
	class Consumers extends ConsumerSemantics {

		Consumers() {
			super(new RealTestBroker());
		}

	}

	@Nested
	class Groups extends GroupSemantics {

		Groups() {
			super(new RealTestBroker());
		}

	}

	@Nested
	class Transactions extends TransactionSemantics {

		Transactions() {
			super(new RealTestBroker());
		}

	}

	@Nested
	class Admins extends AdminSemantics {

		Admins() {
			super(new RealTestBroker());
		}

	}

}
