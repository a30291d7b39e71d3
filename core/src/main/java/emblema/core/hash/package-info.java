/** Content hashes, the fixed gzip form of payloads, ELF content hashes. */
@org.jspecify.annotations.NullMarked
package emblema.core.hash;
