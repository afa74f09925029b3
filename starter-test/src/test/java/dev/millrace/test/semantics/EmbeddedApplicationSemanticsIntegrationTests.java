package dev.millrace.test.semantics;

import dev.millrace.test.autoconfigure.Backend;
import dev.millrace.test.autoconfigure.StreamTest;

/**
 * {@link ApplicationSemantics} on a real broker. A crash does not end the JVM, so that
 * its clients are closed without a commit and without leaving their groups, and the
 * broker is told what it would find out by its timeouts.
 */
@StreamTest(backend = Backend.EMBEDDED, properties = "spring.kafka.consumer.properties.metadata.max.age.ms=500")
class EmbeddedApplicationSemanticsIntegrationTests extends ApplicationSemantics {

}
