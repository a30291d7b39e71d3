/**
 * What two manifests differ in, for people (spec pkgdiff). Read {@link
 * emblema.publisher.compare.Comparison} first. Knows no files.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.compare;
