/**
 * What turned one tree into another beyond single paths: moves, conversions between directories and
 * links, and the attributes that say so in manifests (spec master-image-diff, section 6). Read
 * {@link emblema.publisher.master.change.Transitions} first. Knows trees and the ledger, nothing of
 * packages' versions.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.change;
