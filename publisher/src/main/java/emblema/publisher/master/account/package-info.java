/**
 * Accounts of a master: base files once, then the difference as user and group actions (spec
 * master-image-diff, section 7.2). Read {@link emblema.publisher.master.account.AccountPlan} first.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.account;
