package emblema.store.file;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A set of payload names, 20 bytes each, from which those that some manifest mentions are struck
 * out. A manifest mentions a payload where its text has the name as a word, in whatever attribute:
 * that finds what any version of any tool refers to, also in a manifest that cannot be parsed.
 */
public final class PayloadNames {
  private static final int LENGTH = 20;
  private static final int DIGITS = 2 * LENGTH;
  private static final int BUFFER = 1 << 16;

  private final byte[][] names;
  private final BitSet mentioned = new BitSet();

  private PayloadNames(byte[][] names) {
    this.names = names;
  }

  public static PayloadNames of(Collection<String> names) {
    byte[][] sorted =
        names.stream().distinct().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
    Arrays.sort(sorted, Arrays::compareUnsigned);
    return new PayloadNames(sorted);
  }

  /** All payloads of a store that the filter takes. */
  public static PayloadNames stored(PublisherStore store, Predicate<Stat> filter) {
    List<byte[]> names = new ArrayList<>();
    SafePath files = store.layout().files();
    if (store.disk().stat(files).isPresent()) {
      new TreeWalker(store.disk())
          .walk(
              files,
              (path, stat) -> {
                if (stat.isFile() && StoreLayout.isSha1(path.name()) && filter.test(stat)) {
                  names.add(HexFormat.of().parseHex(path.name()));
                }
                return true;
              });
    }
    byte[][] sorted = names.toArray(byte[][]::new);
    Arrays.sort(sorted, Arrays::compareUnsigned);
    return new PayloadNames(sorted);
  }

  /** Every name that a file mentions, whatever is stored. */
  static Set<String> mentioned(Disk disk, SafePath file) {
    Set<String> names = new TreeSet<>();
    try (InputStream in = disk.read(file)) {
      words(in, name -> names.add(HexFormat.of().formatHex(name)));
    } catch (IOException e) {
      throw unreadable(disk, file, e);
    }
    return names;
  }

  /** Hands over every name in a text; the array is used again for the next one. */
  private static void words(InputStream text, Consumer<byte[]> each) throws IOException {
    byte[] word = new byte[DIGITS];
    byte[] name = new byte[LENGTH];
    byte[] buffer = new byte[BUFFER];
    int length = 0;
    for (int n = text.read(buffer); n >= 0; n = text.read(buffer)) {
      for (int i = 0; i < n; i++) {
        if (isHex(buffer[i])) {
          if (length < DIGITS) {
            word[length] = buffer[i];
          }
          length++;
        } else {
          take(word, length, name, each);
          length = 0;
        }
      }
    }
    take(word, length, name, each);
  }

  /** Strikes out one name; what is not a payload's name is no error. */
  public void strike(String name) {
    if (StoreLayout.isSha1(name)) {
      strike(HexFormat.of().parseHex(name));
    }
  }

  /** Strikes out what one file mentions. */
  void strike(Disk disk, SafePath file) {
    try (InputStream in = disk.read(file)) {
      words(in, this::strike);
    } catch (IOException e) {
      throw unreadable(disk, file, e);
    }
  }

  private static StorageException unreadable(Disk disk, SafePath file, IOException e) {
    return new StorageException(
        "'" + disk.describe(file) + "' cannot be read", e.getMessage(), List.of(), e);
  }

  private static void take(byte[] word, int length, byte[] name, Consumer<byte[]> each) {
    if (length != DIGITS) {
      return;
    }
    for (int i = 0; i < LENGTH; i++) {
      name[i] = (byte) (digit(word[2 * i]) << 4 | digit(word[2 * i + 1]));
    }
    each.accept(name);
  }

  private void strike(byte[] name) {
    int index = Arrays.binarySearch(names, name, Arrays::compareUnsigned);
    if (index >= 0) {
      mentioned.set(index);
    }
  }

  private static boolean isHex(byte b) {
    return b >= '0' && b <= '9' || b >= 'a' && b <= 'f';
  }

  private static int digit(byte b) {
    return b <= '9' ? b - '0' : b - 'a' + 10;
  }

  /** Names that nothing has mentioned, sorted. */
  public List<String> left() {
    List<String> left = new ArrayList<>();
    for (int i = mentioned.nextClearBit(0); i < names.length; i = mentioned.nextClearBit(i + 1)) {
      left.add(HexFormat.of().formatHex(names[i]));
    }
    return left;
  }

  public int size() {
    return names.length;
  }
}
