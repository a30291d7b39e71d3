/**
 * Publisher information files, {@code .p5i}: who publishes what, and where (spec p5p-p5i, section
 * 6). Read {@link emblema.store.p5i.P5i} first. Knows nothing of repositories or images.
 */
@org.jspecify.annotations.NullMarked
package emblema.store.p5i;
