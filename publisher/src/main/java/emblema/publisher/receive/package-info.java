/**
 * Packages from one repository to another, to an archive or to plain files, and exact copies of
 * repositories: what {@code pkgrecv} does (spec pkgrecv). Read {@link
 * emblema.publisher.receive.Receiver} first. It must not know the command line.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.receive;
