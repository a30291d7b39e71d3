/**
 * The streams inside Flash archives: compress' LZW, cpio and pax. Read {@link
 * emblema.flash.codec.MemberReader} first. It must not know archives, trees or commands.
 */
@NullMarked
package emblema.flash.codec;

import org.jspecify.annotations.NullMarked;
