/**
 * JSON as repositories write it: byte-exact out, strict in. Read {@link emblema.store.json.Json}
 * first. Knows nothing of catalogs or packages.
 */
@org.jspecify.annotations.NullMarked
package emblema.store.json;
