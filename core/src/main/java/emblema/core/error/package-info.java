/**
 * Errors written for the reader: what failed, on what, why, and a hint. Read {@link
 * emblema.core.error.EmblemaException} first.
 */
@org.jspecify.annotations.NullMarked
package emblema.core.error;
