/**
 * The {@code pkg} command: one class a subcommand, each turning options into one library call and
 * one result into text (spec client-cli). Read {@link emblema.image.cli.Pkg} first. Only this
 * package of the module knows the command line.
 */
@org.jspecify.annotations.NullMarked
package emblema.image.cli;
