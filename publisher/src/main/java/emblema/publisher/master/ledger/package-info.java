/**
 * What was published before, read back from the manifests of a repository (spec master-image-diff,
 * section 10): the truth that a new tree is compared with. Read {@link
 * emblema.publisher.master.ledger.Ledger} first. Knows manifests, nothing of trees on disk.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.ledger;
