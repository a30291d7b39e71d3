/**
 * Looking after repositories: what is damaged, what can be mended, which payloads nobody needs.
 * Read {@link emblema.store.check.Verification} first. Nothing here may lose a payload that a
 * manifest mentions; it must not know how findings are shown.
 */
@org.jspecify.annotations.NullMarked
package emblema.store.check;
