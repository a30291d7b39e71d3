/**
 * Operations that change an image, from the wish to the saved state: refresh, solve, plan, show,
 * fetch, carry out, save, switch the boot environment. Read {@link
 * emblema.image.change.UpdateTransaction} first. It must not know the command line.
 */
@org.jspecify.annotations.NullMarked
package emblema.image.change;
