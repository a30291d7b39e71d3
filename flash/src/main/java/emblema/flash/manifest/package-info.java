/**
 * The manifest of a differential archive: what a clone must hold before it is updated, what will be
 * new and what goes (spec flash-archive, section 4). Read {@link
 * emblema.flash.manifest.ChecklistReader} first, then {@link emblema.flash.manifest.Verdict}. It
 * must not touch a file system: who checks a clone looks at it and asks here.
 */
@NullMarked
package emblema.flash.manifest;

import org.jspecify.annotations.NullMarked;
