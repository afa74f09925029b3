/**
 * Page <em>Flow</em>: topics, what reads them, and what they become.
 */
@NullMarked
package dev.millrace.console.flow;

import org.jspecify.annotations.NullMarked;
