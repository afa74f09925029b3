/**
 * AsyncAPI 3.0 document of what the endpoint model knows. It reads the model and nothing
 * else, in particular no annotation of a handler, and no class that runs a subscriber.
 *
 * @see <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">AsyncAPI
 * 3.0.0</a>
 * @see <a href="https://github.com/asyncapi/bindings/tree/master/kafka">Kafka bindings
 * 0.5.0</a>
 */
@NullMarked
package dev.millrace.asyncapi;

import org.jspecify.annotations.NullMarked;
