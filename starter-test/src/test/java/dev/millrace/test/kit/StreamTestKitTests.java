package dev.millrace.test.kit;

import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

/**
 * Tests for {@link StreamTestKit} in memory.
 */
@StreamTest
class StreamTestKitTests extends StreamTestKitContract {

}
