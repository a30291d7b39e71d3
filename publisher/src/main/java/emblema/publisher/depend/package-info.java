/**
 * What the files of a tree need to run: shared objects, loaders, interpreters of scripts (spec
 * pkgdepend, section 4, with the search rules of Linux). Read {@link
 * emblema.publisher.depend.FileNeeds} first. Knows trees, nothing of packages.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.depend;
