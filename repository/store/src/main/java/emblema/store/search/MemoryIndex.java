package emblema.store.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.ByteBuffersDirectory;

/** An index that lasts as long as its process: where none may be written. */
public final class MemoryIndex implements SearchIndex {
  private final LuceneIndex index;

  private MemoryIndex(LuceneIndex index) {
    this.index = index;
  }

  /**
   * @param warnings takes what could not be indexed
   */
  public static MemoryIndex of(IndexSource source, Consumer<String> warnings) {
    LuceneLog.onlyErrors();
    try {
      ByteBuffersDirectory files = new ByteBuffersDirectory();
      new IndexWriting(source, warnings).write(files, true);
      return new MemoryIndex(new LuceneIndex(DirectoryReader.open(files), "memory"));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
  }

  @Override
  public void search(Search search, Consumer<SearchHit> each) {
    index.search(search, each);
  }

  @Override
  public void close() {
    index.close();
  }
}
