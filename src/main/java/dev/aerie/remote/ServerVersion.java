package dev.aerie.remote;

import dev.aerie.engine.Capabilities;
import dev.aerie.engine.Capability;
import dev.aerie.engine.DataType;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.IndexType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What a server's version says it can do.
///
/// @param text in the server's own words
/// @param lite whether it is milvus-lite, whose numbers are its own
record ServerVersion(String text, int major, int minor, boolean lite) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)");

  /// What the protocol has no call for, whoever serves it.
  private static final Map<Capability, String> NEVER =
      Map.ofEntries(
          never(Capability.SEARCH_EXACT, "Exact search"),
          never(Capability.EXPLAIN, "Explain"),
          never(Capability.SEARCH_TRACE, "A trace of a search"),
          never(Capability.ANATOMY, "The inside of an index"),
          never(Capability.SLOW_QUERIES, "The list of slow queries"),
          never(Capability.CANCEL_INDEX_BUILD, "Cancelling an index build"),
          never(Capability.JOBS, "The list of running jobs"),
          never(Capability.BACKUP, "Backup"),
          never(Capability.DOCTOR, "The check of what is stored"));

  private static Map.Entry<Capability, String> never(Capability capability, String what) {
    return Map.entry(
        capability, what + " is not part of Milvus' protocol; the embedded engine has it.");
  }

  static ServerVersion of(String text) {
    var numbers = NUMBERS.matcher(text);
    // The real server in a Python wheel calls itself "v2.3.5-lite", which it is not.
    boolean lite = text.startsWith("milvus_lite") || text.startsWith("milvus-lite");
    if (lite || !numbers.find()) {
      // Lite follows the clients of its day, and so does a server that does not say.
      return new ServerVersion(text, 2, 6, lite);
    }
    return new ServerVersion(
        text, Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)), false);
  }

  boolean isAtLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
  }

  static EngineException unsupported(Capability capability) {
    return new EngineException(
        ErrorCode.UNSUPPORTED,
        NEVER.getOrDefault(capability, "this server does not offer " + capability));
  }

  /// @param refused what the server itself said it has not
  Capabilities capabilities(Set<Capability> refused) {
    var missing = new EnumMap<Capability, String>(NEVER);
    since(missing, 2, 4, Capability.HYBRID_SEARCH, Capability.SEVERAL_VECTORS, Capability.GROUP_BY);
    since(
        missing,
        2,
        5,
        Capability.NULLABLE,
        Capability.DEFAULT_VALUES,
        Capability.FILTER_TEMPLATES,
        Capability.FULL_TEXT,
        Capability.SEARCH_ITERATOR,
        Capability.PRIVILEGE_GROUPS);
    since(
        missing,
        2,
        6,
        Capability.ADD_FIELD,
        Capability.PARTIAL_UPSERT,
        Capability.SEARCH_BY_ID,
        Capability.TRUNCATE,
        Capability.ANALYZER_PREVIEW);
    if (lite) {
      for (var capability :
          List.of(Capability.FILTER_TEMPLATES, Capability.SEARCH_ITERATOR, Capability.SEGMENTS)) {
        missing.put(capability, "Milvus Lite does not offer it.");
      }
    }
    for (var capability : refused) {
      missing.putIfAbsent(capability, "This server (%s) does not offer it.".formatted(text));
    }
    return new Capabilities(missing, fieldTypes(), indexTypes());
  }

  private void since(
      Map<Capability, String> missing,
      int wantedMajor,
      int wantedMinor,
      Capability... capabilities) {
    if (!isAtLeast(wantedMajor, wantedMinor)) {
      for (var capability : capabilities) {
        missing.put(
            capability,
            "Milvus has it since %d.%d; this server is %s."
                .formatted(wantedMajor, wantedMinor, text));
      }
    }
  }

  private Set<DataType> fieldTypes() {
    var types =
        EnumSet.of(
            DataType.BOOL,
            DataType.INT8,
            DataType.INT16,
            DataType.INT32,
            DataType.INT64,
            DataType.FLOAT,
            DataType.DOUBLE,
            DataType.VARCHAR,
            DataType.JSON,
            DataType.ARRAY,
            DataType.FLOAT_VECTOR,
            DataType.BINARY_VECTOR);
    if (isAtLeast(2, 4)) {
      types.addAll(
          Set.of(DataType.FLOAT16_VECTOR, DataType.BFLOAT16_VECTOR, DataType.SPARSE_FLOAT_VECTOR));
    }
    if (isAtLeast(2, 6)) {
      types.addAll(Set.of(DataType.INT8_VECTOR, DataType.GEOMETRY, DataType.TIMESTAMPTZ));
    }
    if (isAtLeast(3, 0)) {
      types.add(DataType.TEXT);
    }
    return types;
  }

  private Map<DataType, List<IndexType>> indexTypes() {
    var floats =
        new ArrayList<>(
            List.of(
                IndexType.AUTOINDEX,
                IndexType.HNSW,
                IndexType.FLAT,
                IndexType.IVF_FLAT,
                IndexType.IVF_SQ8,
                IndexType.IVF_PQ,
                new IndexType("SCANN"),
                new IndexType("DISKANN")));
    if (isAtLeast(2, 6)) {
      floats.add(IndexType.HNSW_SQ);
      floats.add(IndexType.IVF_RABITQ);
    }
    var scalars =
        isAtLeast(2, 4)
            ? List.of(IndexType.AUTOINDEX, IndexType.INVERTED, IndexType.STL_SORT)
            : List.of(IndexType.STL_SORT);
    var types = new EnumMap<DataType, List<IndexType>>(DataType.class);
    for (var type : fieldTypes()) {
      types.put(
          type,
          switch (type) {
            case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR -> List.copyOf(floats);
            case BINARY_VECTOR -> List.of(IndexType.BIN_FLAT, IndexType.BIN_IVF_FLAT);
            case SPARSE_FLOAT_VECTOR -> List.of(IndexType.SPARSE_INVERTED_INDEX);
            case VARCHAR ->
                isAtLeast(2, 4)
                    ? List.of(
                        IndexType.AUTOINDEX, IndexType.INVERTED, IndexType.BITMAP, IndexType.TRIE)
                    : List.of(IndexType.TRIE);
            case INT8, INT16, INT32, INT64, FLOAT, DOUBLE -> scalars;
            case BOOL, ARRAY ->
                isAtLeast(2, 5)
                    ? List.of(IndexType.AUTOINDEX, IndexType.BITMAP, IndexType.INVERTED)
                    : List.<IndexType>of();
            case JSON -> isAtLeast(2, 6) ? List.of(IndexType.INVERTED) : List.<IndexType>of();
            case GEOMETRY -> List.of(new IndexType("RTREE"));
            case TIMESTAMPTZ -> List.of(IndexType.STL_SORT);
            case TEXT, UNKNOWN -> List.<IndexType>of();
          });
    }
    return types;
  }
}
