/**
 * The terminal kit: what every command of ours does the same way. Read {@link emblema.cli.Program}
 * first, then {@link emblema.cli.Command}.
 *
 * <p>It must not know any command, package, repository or image.
 */
@NullMarked
package emblema.cli;

import org.jspecify.annotations.NullMarked;
