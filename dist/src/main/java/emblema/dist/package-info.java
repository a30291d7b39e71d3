/**
 * Makes what a distribution holds besides jars. Read {@link emblema.dist.Programs} first. It knows
 * every command and nothing of what they do.
 */
@NullMarked
package emblema.dist;

import org.jspecify.annotations.NullMarked;
