/**
 * Trees, tar archives and SVR4 packages as actions with contents (spec pkgsend, section 2). Read
 * {@link emblema.publisher.bundle.Bundle} first. Knows nothing of repositories and command lines.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.bundle;
