/**
 * Host-specific files of a system that was copied from another: back to how they are delivered, as
 * sys-unconfig does it on Solaris (spec flash-scripts, 4.4). Read {@link
 * emblema.flash.reset.HostReset} first; which files is data, in {@code host-files}. It must not
 * know archives.
 */
@NullMarked
package emblema.flash.reset;

import org.jspecify.annotations.NullMarked;
