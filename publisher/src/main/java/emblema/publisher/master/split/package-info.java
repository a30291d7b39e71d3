/**
 * Which package an object belongs to: total, stable, explainable (spec master-image-diff, section
 * 8.1). Read {@link emblema.publisher.master.split.Splitter} first. Knows nothing of versions.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.split;
