/**
 * Which objects of a tree are delivered: the user's selection and the built-in classes (spec
 * master-image-diff, section 5; flar-cli, section 3.3). Read {@link
 * emblema.publisher.master.select.Selection} first. Knows paths, nothing of packages.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.select;
