/**
 * Manifests in the one layout that people agreed on (spec pkgfmt), and the differences of two texts
 * line by line. Read {@link emblema.publisher.format.ManifestFormat} first. Knows no files.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.format;
