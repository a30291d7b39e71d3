/**
 * Proof that a plan does what it says: two scratch images made by the {@code pkg} command (spec
 * master-image-diff, section 13). Read {@link emblema.publisher.master.prove.Proof} first. Knows
 * the client only as a command.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.prove;
