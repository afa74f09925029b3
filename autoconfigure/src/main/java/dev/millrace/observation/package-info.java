/**
 * Observations of Micrometer: of each record that is handled and of each that is
 * published, with conventions for their names that can be replaced.
 */
@NullMarked
package dev.millrace.observation;

import org.jspecify.annotations.NullMarked;
