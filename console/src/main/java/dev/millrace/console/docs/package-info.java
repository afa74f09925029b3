/**
 * Page of the AsyncAPI document.
 */
@NullMarked
package dev.millrace.console.docs;

import org.jspecify.annotations.NullMarked;
