/**
 * Auto-configuration of the embedded broker.
 */
@NullMarked
package dev.millrace.broker.autoconfigure;

import org.jspecify.annotations.NullMarked;
