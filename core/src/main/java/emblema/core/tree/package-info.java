/**
 * Directory trees read into sorted indexes, and what two of them differ in.
 */
@org.jspecify.annotations.NullMarked
package emblema.core.tree;
