/**
 * Publications that stay open between commands and requests: what {@code pkgsend open} begins and
 * {@code pkgsend close} ends (spec repository, section 11). Read {@link
 * emblema.store.transaction.Transactions} first. Knows nothing of HTTP or of how stores commit.
 */
@org.jspecify.annotations.NullMarked
package emblema.store.transaction;
