package emblema.store.file;

/**
 * What was taken out of a file store, or would be.
 *
 * @param files payloads
 * @param bytes as stored, compressed
 */
public record RemovedPayloads(long files, long bytes) {}
