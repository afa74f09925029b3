/**
 * Page on which records are tried out: dry runs, publishing, requests.
 */
@NullMarked
package dev.millrace.console.tryit;

import org.jspecify.annotations.NullMarked;
