/**
 * Packages of several variants made one (spec pkgmerge). Read {@link
 * emblema.publisher.merge.ManifestMerge}, a function of manifests, first; {@link
 * emblema.publisher.merge.RepositoryMerge} applies it to repositories.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.merge;
