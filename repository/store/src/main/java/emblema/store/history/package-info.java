/**
 * The history of a repository's manifests: a bare Git repository for each publisher, derived from
 * the catalog's update logs and the stored manifests, made when somebody asks. Read {@link
 * emblema.store.history.ManifestHistory} first. Nothing else may depend on it being there: deleting
 * it loses only what removed packages looked like.
 */
@org.jspecify.annotations.NullMarked
package emblema.store.history;
