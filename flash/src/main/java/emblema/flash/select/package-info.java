/**
 * Which objects of an image go into an archive: rules of users, lists, what is never archived (spec
 * flar-cli, section 3). Read {@link emblema.flash.select.Selection} first. It must not know
 * archives or scripts.
 */
@NullMarked
package emblema.flash.select;

import org.jspecify.annotations.NullMarked;
