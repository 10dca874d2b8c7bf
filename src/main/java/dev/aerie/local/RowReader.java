package dev.aerie.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.ColumnBuilder;
import dev.aerie.engine.DataType;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/// Reads rows back, exactly as they were written.
final class RowReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CollectionFields fields;

  RowReader(CollectionFields fields) {
    this.fields = fields;
  }

  /// Which columns are read.
  ///
  /// @param fields the key first
  /// @param dynamicKeys those wanted of the dynamic field; empty for all
  record Output(List<Field> fields, Set<String> dynamicKeys) {}

  /// What a request's output fields stand for.
  ///
  /// @throws EngineException `FIELD_NOT_FOUND` for a name that is neither a field nor can be a
  ///     dynamic key
  Output output(List<String> names) {
    Map<String, Field> wanted = new LinkedHashMap<>();
    wanted.put(fields.key().name(), fields.key());
    var keys = new HashSet<String>();
    boolean allKeys = false;
    for (var name : names) {
      if (name.equals("*")) {
        for (var field : fields.schema().fields()) {
          if (!isMade(field)) {
            wanted.put(field.name(), field);
          }
        }
        allKeys |= fields.schema().dynamic();
      } else if (fields.field(name).isPresent()) {
        var field = fields.field(name).get();
        if (isMade(field)) {
          throw new EngineException(
              ErrorCode.INVALID_ARGUMENT,
              "not allowed to retrieve raw data of field %s: a function makes it".formatted(name));
        }
        allKeys |= field.isDynamic();
        if (!field.isDynamic()) {
          wanted.put(name, field);
        }
      } else if (fields.schema().dynamic()) {
        keys.add(name);
      } else {
        throw new EngineException(
            ErrorCode.FIELD_NOT_FOUND,
            "field %s not exist: collection \"%s\" has %s"
                .formatted(
                    name,
                    fields.entry().name(),
                    fields.schema().fields().stream().map(Field::name).toList()));
      }
    }
    if (allKeys || !keys.isEmpty()) {
      wanted.put(Field.DYNAMIC, CollectionFields.META);
    }
    return new Output(List.copyOf(wanted.values()), allKeys ? Set.of() : keys);
  }

  private boolean isMade(Field field) {
    return field.functionOutput() || fields.bm25(field).isPresent();
  }

  /// The rows of some documents, in their order.
  ///
  /// @param docs numbers in the whole reader
  ColumnBatch read(IndexSearcher searcher, int[] docs, Output output) throws IOException {
    // In the order they lie on disk, whatever order they are wanted in.
    var order =
        IntStream.range(0, docs.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> docs[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    var leaves = searcher.getIndexReader().leaves();
    boolean onlyKey = output.fields().size() == 1;
    List<Map<String, Object>> rows = new ArrayList<>(Collections.nCopies(docs.length, Map.of()));
    int at = 0;
    while (at < order.length) {
      var leaf = leaves.get(ReaderUtil.subIndex(docs[order[at]], leaves));
      int end = at;
      int limit = leaf.docBase + leaf.reader().maxDoc();
      while (end < order.length && docs[order[end]] < limit) {
        end++;
      }
      if (onlyKey) {
        readKeys(leaf, docs, order, at, end, rows);
      } else {
        readRows(leaf, docs, order, at, end, rows, output);
      }
      at = end;
    }
    var columns = new ArrayList<Column>();
    for (var field : output.fields()) {
      var builder = new ColumnBuilder(field);
      for (var row : rows) {
        var value = row.get(field.name());
        if (value != null) {
          builder.append(value);
        } else {
          builder.appendNull();
        }
      }
      columns.add(builder.build());
    }
    return new ColumnBatch(columns, docs.length);
  }

  private void readKeys(
      LeafReaderContext leaf,
      int[] docs,
      int[] order,
      int from,
      int to,
      List<Map<String, Object>> rows)
      throws IOException {
    var keys = DocValues.getSorted(leaf.reader(), LuceneNames.ID);
    for (int i = from; i < to; i++) {
      if (!keys.advanceExact(docs[order[i]] - leaf.docBase)) {
        throw new IOException("a row has no key");
      }
      rows.set(
          order[i],
          Map.of(
              fields.key().name(),
              Keys.toId(fields.key().type(), keys.lookupOrd(keys.ordValue()))));
    }
  }

  private void readRows(
      LeafReaderContext leaf,
      int[] docs,
      int[] order,
      int from,
      int to,
      List<Map<String, Object>> rows,
      Output output)
      throws IOException {
    var stored = new StoredRows(leaf.reader().storedFields(), fields);
    for (int i = from; i < to; i++) {
      var row = stored.read(docs[order[i]] - leaf.docBase);
      if (!output.dynamicKeys().isEmpty()) {
        row.computeIfPresent(Field.DYNAMIC, (_, json) -> only(json, output.dynamicKeys()));
      }
      rows.set(order[i], row);
    }
    for (var field : output.fields()) {
      if (field.isDynamic()) {
        for (int i = from; i < to; i++) {
          rows.get(order[i]).putIfAbsent(Field.DYNAMIC, "{}");
        }
      }
      if (field.type().isVector()) {
        var vectors = vectors(leaf.reader(), field);
        for (int i = from; i < to; i++) {
          var vector = vectors.at(docs[order[i]] - leaf.docBase);
          if (vector != null) {
            rows.get(order[i]).put(field.name(), vector);
          }
        }
      }
    }
  }

  private static Object only(Object json, Set<String> keys) {
    try {
      if (JSON.readTree(json.toString()) instanceof ObjectNode node) {
        return node.retain(keys).toString();
      }
      return json;
    } catch (IOException e) {
      throw new IllegalStateException("stored JSON cannot be read", e);
    }
  }

  /// The vectors of one field in one segment, asked for in rising order of documents.
  private interface Vectors {
    @Nullable Object at(int doc) throws IOException;
  }

  private static Vectors vectors(LeafReader reader, Field field) throws IOException {
    if (field.type() == DataType.SPARSE_FLOAT_VECTOR) {
      BinaryDocValues values = DocValues.getBinary(reader, LuceneNames.sparse(field.name()));
      return doc -> {
        if (!values.advanceExact(doc)) {
          return null;
        }
        var bytes = values.binaryValue();
        return ColumnCodec.readSparse(
            new ByteSource(ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length)));
      };
    }
    // A change of the metric leaves rows under either name until all segments are rewritten.
    var found = new ArrayList<Vectors>();
    for (var metric : Metric.of(field.type())) {
      var name = LuceneNames.vector(field.name(), metric);
      if (field.type() == DataType.BINARY_VECTOR || field.type() == DataType.INT8_VECTOR) {
        ByteVectorValues values = reader.getByteVectorValues(name);
        if (values != null && values.size() > 0) {
          var iterator = values.iterator();
          found.add(
              doc -> advance(iterator, doc) ? values.vectorValue(iterator.index()).clone() : null);
        }
      } else {
        FloatVectorValues values = reader.getFloatVectorValues(name);
        if (values != null && values.size() > 0) {
          var iterator = values.iterator();
          found.add(
              doc -> {
                if (!advance(iterator, doc)) {
                  return null;
                }
                var vector = values.vectorValue(iterator.index());
                return field.type() == DataType.FLOAT_VECTOR
                    ? vector.clone()
                    : HalfFloats.toBytes(field.type(), vector);
              });
        }
      }
    }
    return doc -> {
      for (var vectors : found) {
        var vector = vectors.at(doc);
        if (vector != null) {
          return vector;
        }
      }
      return null;
    };
  }

  private static boolean advance(KnnVectorValues.DocIndexIterator iterator, int doc)
      throws IOException {
    int at = iterator.docID();
    return (at < doc ? iterator.advance(doc) : at) == doc;
  }
}
