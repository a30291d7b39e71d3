/**
 * The command {@code flar}. Read {@link emblema.flash.cli.FlarMain} first. It holds options and
 * output, no work.
 */
@NullMarked
package emblema.flash.cli;

import org.jspecify.annotations.NullMarked;
