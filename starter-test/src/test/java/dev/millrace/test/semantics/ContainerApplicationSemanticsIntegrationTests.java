package dev.millrace.test.semantics;

import dev.millrace.test.autoconfigure.Backend;
import dev.millrace.test.autoconfigure.StreamTest;

/**
 * {@link ApplicationSemantics} on Kafka in a container, where there is Docker.
 */
@StreamTest(backend = Backend.TESTCONTAINERS, properties = "spring.kafka.consumer.properties.metadata.max.age.ms=500")
class ContainerApplicationSemanticsIntegrationTests extends ApplicationSemantics {

}
