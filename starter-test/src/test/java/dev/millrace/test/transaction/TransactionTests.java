package dev.millrace.test.transaction;

import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

/**
 * Tests for {@link StreamTestKit} with transactions.
 */
@StreamTest(properties = "millrace.shutdown.timeout=500ms")
class TransactionTests extends TransactionContract {

}
