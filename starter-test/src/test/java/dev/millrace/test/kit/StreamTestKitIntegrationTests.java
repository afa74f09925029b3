package dev.millrace.test.kit;

import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.Backend;
import dev.millrace.test.autoconfigure.StreamTest;

/**
 * Tests for {@link StreamTestKit} on a real broker.
 */
@StreamTest(backend = Backend.EMBEDDED, properties = "millrace.shutdown.timeout=500ms")
class StreamTestKitIntegrationTests extends StreamTestKitContract {

}
