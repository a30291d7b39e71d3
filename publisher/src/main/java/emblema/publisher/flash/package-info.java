/**
 * What a Flash archive says of itself, as metadata of a package (spec flash-to-ips, 3.1). Read
 * {@link emblema.publisher.flash.ArchiveDescription} first. Knows nothing of repositories and
 * command lines.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.flash;
