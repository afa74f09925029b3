/**
 * Types that applications use beside the annotations; depends on no other package of
 * Millrace.
 */
@NullMarked
package dev.millrace;

import org.jspecify.annotations.NullMarked;
