/**
 * Packages of a repository as the tree that installing them gives, read where it lies (spec
 * flash-to-ips, 3.2 and 3.4). Read {@link emblema.flash.surface.PackageSurface} first. It must not
 * know commands or boot environments.
 */
@NullMarked
package emblema.flash.surface;

import org.jspecify.annotations.NullMarked;
