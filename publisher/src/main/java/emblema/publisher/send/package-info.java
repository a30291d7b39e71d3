/**
 * From directory trees and manifests to published packages (spec pkgsend). Read {@link
 * emblema.publisher.send.PayloadSearch} and {@link emblema.publisher.send.DirectoryBundle} first.
 * Knows nothing of command lines.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.send;
