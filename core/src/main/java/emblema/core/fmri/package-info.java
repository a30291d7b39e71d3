/** Package names and versions (`spec fmri-version`). Read {@link emblema.core.fmri.Fmri} first. */
@org.jspecify.annotations.NullMarked
package emblema.core.fmri;
