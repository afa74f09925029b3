/**
 * Page of the dead letters: browses and replays them.
 */
@NullMarked
package dev.millrace.console.deadletters;

import org.jspecify.annotations.NullMarked;
