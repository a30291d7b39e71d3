/**
 * Trees and archive streams: writing a tree as members, making a tree of members. Read {@link
 * emblema.flash.tree.MemberSource} first. It must not know sections or commands.
 */
@NullMarked
package emblema.flash.tree;

import org.jspecify.annotations.NullMarked;
