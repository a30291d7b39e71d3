/**
 * The transform language: rules that change the actions of manifests (spec pkgmogrify). Read {@link
 * emblema.publisher.transform.Mogrifier} first. Knows nothing of command lines, repositories or
 * trees.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.transform;
