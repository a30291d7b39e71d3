/**
 * Whether an image believes the signatures of packages: policies, trust anchors, approved and
 * revoked certificates, revocation lists. Read {@link emblema.image.trust.ImageTrust} first. Knows
 * nothing of plans.
 */
@org.jspecify.annotations.NullMarked
package emblema.image.trust;
