/**
 * Whether an archive would hold every file that some package database of the image knows (spec
 * flar-cli, 3.4). Read {@link emblema.flash.integrity.IntegrityCheck} first. It must not know
 * archives.
 */
@NullMarked
package emblema.flash.integrity;

import org.jspecify.annotations.NullMarked;
