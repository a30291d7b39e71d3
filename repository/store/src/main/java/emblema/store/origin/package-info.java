/**
 * Read access to published packages, wherever they are. Read {@link emblema.store.origin.Origin}
 * first.
 */
@org.jspecify.annotations.NullMarked
package emblema.store.origin;
