/**
 * What an operation will do to an image, worked out without touching it: from a {@link
 * emblema.image.plan.Wish} to a {@link emblema.image.plan.Plan} of ordered {@link
 * emblema.image.plan.Step}s. Read {@code Planner} first. Everything here is values in, values out:
 * it must not know disks, networks, clocks or the command line.
 */
@org.jspecify.annotations.NullMarked
package emblema.image.plan;
