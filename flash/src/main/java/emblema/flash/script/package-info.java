/**
 * Running the scripts of users, of archives and of clones, while archives are created and deployed
 * (spec flash-scripts, 2.3). Read {@link emblema.flash.script.ScriptRunner} first. It must not know
 * archives.
 */
@NullMarked
package emblema.flash.script;

import org.jspecify.annotations.NullMarked;
