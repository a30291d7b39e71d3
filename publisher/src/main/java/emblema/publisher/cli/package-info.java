/**
 * The publisher's commands: options in, one library call, one rendered result. Read {@link
 * emblema.publisher.cli.PkgmasterMain} first.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.cli;
