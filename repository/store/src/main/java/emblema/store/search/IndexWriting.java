package emblema.store.search;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Brings the index in a Lucene directory in line with its source, in one commit. */
final class IndexWriting {
  /** Memory that Lucene gathers before it writes a segment. */
  private static final double BUFFER_MEGABYTES = 48;

  static final String FORMAT_KEY = "format";
  static final String STAMP_KEY = "stamp";

  private final IndexSource source;
  private final Consumer<String> warnings;

  IndexWriting(IndexSource source, Consumer<String> warnings) {
    this.source = source;
    this.warnings = warnings;
  }

  /**
   * @param anew whether what the directory holds is dropped
   */
  IndexUpdate write(Directory directory, boolean anew) throws IOException {
    IndexWriterConfig configuration =
        new IndexWriterConfig()
            .setOpenMode(
                anew
                    ? IndexWriterConfig.OpenMode.CREATE
                    : IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
            .setRAMBufferSizeMB(BUFFER_MEGABYTES)
            .setCommitOnClose(false);
    String stamp = source.stamp();
    try (IndexWriter writer = new IndexWriter(directory, configuration)) {
      Map<String, Fmri> wanted = new TreeMap<>();
      source.forEachPackage((fmri, state) -> wanted.put(nameOf(fmri) + " " + state, fmri));
      Set<String> indexed = anew ? Set.of() : indexed(writer);
      int removed = 0;
      for (String state : indexed) {
        if (!wanted.containsKey(state)) {
          writer.deleteDocuments(new Term(IndexFormat.PACKAGE_STATE, state));
          removed++;
        }
      }
      wanted.keySet().removeAll(indexed);
      int added = 0;
      for (Map.Entry<String, Fmri> each : wanted.entrySet()) {
        added += add(writer, each.getValue(), each.getKey()) ? 1 : 0;
      }
      writer.setLiveCommitData(
          Map.of(FORMAT_KEY, IndexFormat.VERSION, STAMP_KEY, stamp).entrySet());
      writer.commit();
      return new IndexUpdate(added, removed, anew);
    }
  }

  static String nameOf(Fmri fmri) {
    return fmri.stem() + "@" + fmri.requireVersion();
  }

  /** The packages that can be found; terms outlive their documents until segments are merged. */
  private static Set<String> indexed(IndexWriter writer) throws IOException {
    Set<String> states = new HashSet<>();
    try (DirectoryReader reader = DirectoryReader.open(writer)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        Terms terms = leaf.reader().terms(IndexFormat.PACKAGE_STATE);
        if (terms == null) {
          continue;
        }
        Bits live = leaf.reader().getLiveDocs();
        TermsEnum each = terms.iterator();
        PostingsEnum documents = null;
        for (BytesRef term = each.next(); term != null; term = each.next()) {
          documents = each.postings(documents, PostingsEnum.NONE);
          if (live == null || hasAny(documents, live)) {
            states.add(term.utf8ToString());
          }
        }
      }
    }
    return states;
  }

  private static boolean hasAny(PostingsEnum documents, Bits live) throws IOException {
    for (int document = documents.nextDoc();
        document != DocIdSetIterator.NO_MORE_DOCS;
        document = documents.nextDoc()) {
      if (live.get(document)) {
        return true;
      }
    }
    return false;
  }

  private boolean add(IndexWriter writer, Fmri fmri, String state) throws IOException {
    byte[] manifest;
    try {
      manifest = source.manifest(fmri);
    } catch (EmblemaException e) {
      warnings.accept("the package '" + fmri + "' cannot be searched: " + e.getMessage());
      return false;
    }
    BytesRef name = new BytesRef(nameOf(fmri));
    writer.addDocument(marker(state));
    for (String line : ManifestLines.of(new String(manifest, StandardCharsets.UTF_8))) {
      Document document = document(line);
      if (document != null) {
        document.add(new StringField(IndexFormat.PACKAGE_STATE, state, Field.Store.NO));
        document.add(new SortedDocValuesField(IndexFormat.PACKAGE, name));
        document.add(new StoredField(IndexFormat.LINE, line));
        writer.addDocument(document);
      }
    }
    return true;
  }

  private static List<StringField> marker(String state) {
    return List.of(new StringField(IndexFormat.PACKAGE_STATE, state, Field.Store.NO));
  }

  private @Nullable Document document(String line) {
    Action action;
    try {
      action = ActionReader.read(line);
    } catch (MalformedException e) {
      return null; // the reference skips it too
    }
    if (!source.accepts(action)) {
      return null;
    }
    String type = action.type().word();
    Document document = new Document();
    Set<BytesRef> terms = new HashSet<>();
    for (Token token : ActionTokens.of(action)) {
      BytesRef term = IndexFormat.term(token.text(), type, token.key());
      if (terms.add(term)) {
        document.add(new StringField(IndexFormat.WORDS, term, Field.Store.NO));
      }
    }
    return terms.isEmpty() ? null : document;
  }
}
