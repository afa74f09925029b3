/**
 * Page of the topics: looks into those that the application knows.
 */
@NullMarked
package dev.millrace.console.topics;

import org.jspecify.annotations.NullMarked;
