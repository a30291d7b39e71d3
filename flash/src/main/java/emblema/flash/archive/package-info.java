/**
 * The sections of a Flash archive: cookie, identification, predeployment, manifest, files.
 *
 * <p>It must not know commands, boot environments or repositories.
 */
@NullMarked
package emblema.flash.archive;

import org.jspecify.annotations.NullMarked;
