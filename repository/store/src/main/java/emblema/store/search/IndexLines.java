package emblema.store.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all manifests by number, as Lucene counts documents, and the packages that they are
 * of, by number in the order of their names.
 */
final class IndexLines {
  private final IndexReader reader;
  private final @Nullable Bits live;
  private final String[] packages;

  /** Of each line its package, or -1. */
  private final int[] packageOf;

  IndexLines(DirectoryReader reader) throws IOException {
    this.reader = reader;
    this.live = MultiBits.getLiveDocs(reader);
    this.packageOf = new int[reader.maxDoc()];
    Arrays.fill(packageOf, -1);
    SortedDocValues names = MultiDocValues.getSortedValues(reader, IndexFormat.PACKAGE);
    this.packages = new String[names == null ? 0 : names.getValueCount()];
    if (names != null) {
      for (int line = names.nextDoc();
          line != DocIdSetIterator.NO_MORE_DOCS;
          line = names.nextDoc()) {
        packageOf[line] = names.ordValue();
      }
      for (int number = 0; number < packages.length; number++) {
        packages[number] = names.lookupOrd(number).utf8ToString();
      }
    }
  }

  int count() {
    return packageOf.length;
  }

  int packageCount() {
    return packages.length;
  }

  int packageOf(int line) {
    return packageOf[line];
  }

  String packageName(int number) {
    return packages[number];
  }

  /** Takes the lines in which one term of the index occurs. */
  @FunctionalInterface
  interface TermLines {
    /**
     * @param term word, type and key
     * @param lines ascending by package, then by place in the manifest; the first {@code count}
     */
    void take(String term, int[] lines, int count) throws IOException;
  }

  /**
   * Hands over the terms that an automaton accepts, in their order, with the lines that are left.
   *
   * @param candidates the lines that count, or null for all
   */
  void forEachTerm(CompiledAutomaton automaton, @Nullable FixedBitSet candidates, TermLines each)
      throws IOException {
    Terms terms = MultiTerms.getTerms(reader, IndexFormat.WORDS);
    if (terms == null) {
      return;
    }
    TermsEnum found = automaton.getTermsEnum(terms);
    PostingsEnum postings = null;
    int[] lines = new int[16];
    for (var term = found.next(); term != null; term = found.next()) {
      postings = found.postings(postings, PostingsEnum.NONE);
      int count = 0;
      boolean ordered = true;
      for (int line = postings.nextDoc();
          line != DocIdSetIterator.NO_MORE_DOCS;
          line = postings.nextDoc()) {
        if ((live != null && !live.get(line)) || (candidates != null && !candidates.get(line))) {
          continue;
        }
        if (count == lines.length) {
          lines = Arrays.copyOf(lines, count * 2);
        }
        ordered &= count == 0 || packageOf[lines[count - 1]] <= packageOf[line];
        lines[count++] = line;
      }
      if (count > 0) {
        if (!ordered) {
          sort(lines, count);
        }
        each.take(term.utf8ToString(), lines, count);
      }
    }
  }

  private void sort(int[] lines, int count) {
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = (long) packageOf[lines[i]] << 32 | lines[i];
    }
    Arrays.sort(keys);
    for (int i = 0; i < count; i++) {
      lines[i] = (int) keys[i];
    }
  }

  /** Reads lines' texts; for one thread. */
  Texts texts() throws IOException {
    return new Texts(reader.storedFields());
  }

  /** The texts of lines. */
  static final class Texts extends StoredFieldVisitor {
    private final StoredFields fields;
    private String text = "";

    private Texts(StoredFields fields) {
      this.fields = fields;
    }

    String of(int line) throws IOException {
      text = "";
      fields.document(line, this);
      return text;
    }

    @Override
    public Status needsField(FieldInfo field) {
      return field.name.equals(IndexFormat.LINE) ? Status.YES : Status.NO;
    }

    @Override
    public void stringField(FieldInfo field, String value) {
      text = value;
    }

    @Override
    public void binaryField(FieldInfo field, byte[] value) {
      text = new String(value, StandardCharsets.UTF_8);
    }
  }
}
