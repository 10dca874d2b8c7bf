package dev.aerie.engine;

/// An index type by Milvus' name. A record and not an enum, so that types of newer servers travel
/// and show under their own names.
public record IndexType(String name) {
  public static final IndexType AUTOINDEX = new IndexType("AUTOINDEX");
  public static final IndexType FLAT = new IndexType("FLAT");
  public static final IndexType HNSW = new IndexType("HNSW");
  public static final IndexType HNSW_SQ = new IndexType("HNSW_SQ");
  public static final IndexType IVF_FLAT = new IndexType("IVF_FLAT");
  public static final IndexType IVF_SQ8 = new IndexType("IVF_SQ8");
  public static final IndexType IVF_PQ = new IndexType("IVF_PQ");
  public static final IndexType IVF_RABITQ = new IndexType("IVF_RABITQ");
  public static final IndexType BIN_FLAT = new IndexType("BIN_FLAT");
  public static final IndexType BIN_IVF_FLAT = new IndexType("BIN_IVF_FLAT");
  public static final IndexType SPARSE_INVERTED_INDEX = new IndexType("SPARSE_INVERTED_INDEX");
  public static final IndexType INVERTED = new IndexType("INVERTED");
  public static final IndexType BITMAP = new IndexType("BITMAP");
  public static final IndexType STL_SORT = new IndexType("STL_SORT");
  public static final IndexType TRIE = new IndexType("Trie");
  public static final IndexType NGRAM = new IndexType("NGRAM");

  public IndexType {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an index type needs a name, such as \"HNSW\"");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
