package emblema.core.hash;

import emblema.core.action.Action;
import emblema.core.attribute.Attributes;
import java.util.Optional;

/**
 * All that a manifest says about one payload (spec manifest, section 6.1); made in one pass by
 * {@link PayloadGzip}.
 *
 * @param sha1 of the content, the payload's name
 * @param size of the content in bytes
 * @param compressedSha1 of the stored gzip stream
 * @param compressedSize of the stored gzip stream in bytes
 * @param contentHash SHA-512/256 of the content
 * @param compressedHash SHA-512/256 of the stored gzip stream
 * @param elf the facts of an ELF file
 */
public record PayloadFacts(
    String sha1,
    long size,
    String compressedSha1,
    long compressedSize,
    String contentHash,
    String compressedHash,
    Optional<ElfFacts> elf) {

  /**
   * @param arch {@code i386}, {@code sparc}, {@code aarch64}, …
   * @param bits 32 or 64
   * @param hash the {@code elfhash}
   * @param contentHash SHA-512/256 over the same sections ({@code gelf} and {@code gelf.unsigned})
   */
  public record ElfFacts(String arch, int bits, String hash, String contentHash) {}

  private static final String[] COMPUTED = {
    "chash", "elfarch", "elfbits", "elfhash", "pkg.content-hash", "pkg.csize", "pkg.size"
  };

  /** The action with payload name and computed attributes set, older computed ones removed. */
  public Action applyTo(Action action) {
    Attributes.Builder computed = action.attributes().without(COMPUTED).toBuilder();
    elf.ifPresent(
        facts -> {
          computed.add("elfarch", facts.arch());
          computed.add("elfbits", Integer.toString(facts.bits()));
          computed.add("elfhash", facts.hash());
          computed.add("pkg.content-hash", "gelf:sha512t_256:" + facts.contentHash());
          computed.add("pkg.content-hash", "gelf.unsigned:sha512t_256:" + facts.contentHash());
        });
    computed.add("pkg.content-hash", "file:sha512t_256:" + contentHash);
    computed.add("pkg.content-hash", "gzip:sha512t_256:" + compressedHash);
    computed.add("pkg.size", Long.toString(size));
    computed.add("pkg.csize", Long.toString(compressedSize));
    computed.add("chash", compressedSha1);
    return Action.of(action.type(), sha1, computed.build());
  }
}
