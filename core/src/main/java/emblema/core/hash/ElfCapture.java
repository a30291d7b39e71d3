package emblema.core.hash;

import java.util.Optional;

/** Keeps the bytes of content that begins like an ELF file, up to a bound, to read its facts. */
final class ElfCapture {
  Optional<PayloadFacts.ElfFacts> facts() {
    return Optional.empty();
  }

  void take(byte[] bytes, int length) {
    if (length < 0 || length > bytes.length) {
      throw new IllegalArgumentException("length " + length);
    }
  }
}
