/**
 * The console on the web: its files, its operations, and who may perform them.
 */
@NullMarked
package dev.millrace.console.web;

import org.jspecify.annotations.NullMarked;
