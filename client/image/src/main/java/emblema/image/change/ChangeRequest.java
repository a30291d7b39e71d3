package emblema.image.change;

import emblema.image.plan.Wish;

/**
 * An operation as a user asks for it.
 *
 * @param refresh whether catalogs are refreshed first if they are due
 * @param acceptLicences whether the user agrees to all licences
 */
public record ChangeRequest(
    Wish wish, boolean refresh, boolean acceptLicences, EnvironmentWish environment) {}
