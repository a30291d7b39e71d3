/** The command {@code beadm}. Read {@link emblema.bootenv.cli.Beadm} first. */
@org.jspecify.annotations.NullMarked
package emblema.bootenv.cli;
