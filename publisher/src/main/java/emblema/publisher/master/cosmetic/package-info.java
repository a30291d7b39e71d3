/**
 * Files whose bytes differ though they are the same to everybody who uses them: stamps of builds
 * and archives (spec master-image-diff, section 4). Read {@link
 * emblema.publisher.master.cosmetic.CosmeticFilter} first. Knows trees and contents, nothing of
 * packages.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.cosmetic;
