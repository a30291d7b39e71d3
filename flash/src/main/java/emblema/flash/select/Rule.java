package emblema.flash.select;

import emblema.core.io.SafePath;

/**
 * A decision over a path and everything below it.
 *
 * @param isIncluded or excluded
 * @param isBuiltIn whether the software made it: only what is below the path is meant then
 */
public record Rule(SafePath path, boolean isIncluded, boolean isBuiltIn) {}
