package dev.millrace.test.kit;

import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

/**
 * Tests for {@link StreamTestKit} in memory.
 */
@StreamTest(properties = "millrace.shutdown.timeout=500ms")
class StreamTestKitTests extends StreamTestKitContract {

}
