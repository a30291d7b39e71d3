/**
 * Directory trees read into sorted indexes, and what two of them differ in (spec master-image-diff,
 * sections 3 and 4). Read {@link emblema.core.tree.TreeIndex} first. Knows nothing of packages.
 */
@org.jspecify.annotations.NullMarked
package emblema.core.tree;
