/**
 * Mistakes in manifests, found before packages are published (spec pkglint). Read {@link
 * emblema.publisher.lint.Lint} first. Knows no files and no repositories.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.lint;
