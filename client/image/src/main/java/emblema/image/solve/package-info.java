/**
 * Finds the set of package versions that a wish leads to, or says in sentences why there is none.
 * The core ({@link emblema.image.solve.Sat}) knows only propositions; the model of packages is
 * built on top. Read {@link emblema.image.solve.Solver} first. It must not know manifests' files,
 * disks or the command line.
 */
@org.jspecify.annotations.NullMarked
package emblema.image.solve;
