/**
 * Package manifests: text in and out, differences, variants, facets, mediators. Read {@link
 * emblema.core.manifest.Manifest} first.
 */
@org.jspecify.annotations.NullMarked
package emblema.core.manifest;
