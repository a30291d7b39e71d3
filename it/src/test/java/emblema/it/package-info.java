/** Tests of the whole: the rules of the house, and stories through the real commands. */
@NullMarked
package emblema.it;

import org.jspecify.annotations.NullMarked;
