/**
 * Making archives (spec flar-cli, sections 2 to 5). Read {@link emblema.flash.create.Creation}
 * first, then {@link emblema.flash.create.ArchiveWriting}, which knows nothing of images: it writes
 * whatever members it is given. It must not know options or terminals.
 */
@NullMarked
package emblema.flash.create;

import org.jspecify.annotations.NullMarked;
