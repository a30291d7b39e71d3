/**
 * Archives as trees that can be read at random without being unpacked. Read {@link
 * emblema.flash.view.ArchiveTrees} first. It must not know commands, boot environments or
 * repositories.
 */
@NullMarked
package emblema.flash.view;

import org.jspecify.annotations.NullMarked;
