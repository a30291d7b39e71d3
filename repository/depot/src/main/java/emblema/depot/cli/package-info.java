/**
 * The command {@code pkg.depotd}. Read {@link emblema.depot.cli.Depotd} first. Turns options into a
 * running depot; knows no protocol.
 */
@org.jspecify.annotations.NullMarked
package emblema.depot.cli;
