/**
 * Carries out the steps of a plan on an image, so that after any failure, kill or power cut the
 * image is either as before or as planned. Knows steps and files, not packages, catalogs or
 * solvers. Read {@link emblema.image.apply.Applier} first, then {@link emblema.image.apply.Effect}.
 */
@org.jspecify.annotations.NullMarked
package emblema.image.apply;
