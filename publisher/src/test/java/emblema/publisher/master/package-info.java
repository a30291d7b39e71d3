/** The acceptance cases of master images on real trees and a real repository. */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master;
