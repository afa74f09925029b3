/**
 * What the pages of the console are made of. A page has a class here, a
 * {@link dev.millrace.console.ConsolePage} in a package of its own that is a bean, and a
 * script of its own in the assets, {@code pages/<name>.js}, that {@code pages/index.js}
 * lists.
 */
@NullMarked
package dev.millrace.console;

import org.jspecify.annotations.NullMarked;
