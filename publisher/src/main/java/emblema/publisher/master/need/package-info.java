/**
 * What the files of a master need, in terms of packages: dependencies, and what the start of the
 * system rests on (spec master-image-diff, sections 8.3 and 9). Read {@link
 * emblema.publisher.master.need.PackageNeeds} first. Knows assignments, nothing of versions.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.need;
