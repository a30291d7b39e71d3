/**
 * Compares an image's files with the manifests of its packages (spec planner-solver, section 12).
 * Read {@link emblema.image.verify.Verifier} first. It changes nothing and knows no repositories.
 */
@org.jspecify.annotations.NullMarked
package emblema.image.verify;
