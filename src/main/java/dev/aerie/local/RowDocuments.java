package dev.aerie.local;

import dev.aerie.engine.ArrayColumn;
import dev.aerie.engine.BoolColumn;
import dev.aerie.engine.ByteVectorColumn;
import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DoubleColumn;
import dev.aerie.engine.Field;
import dev.aerie.engine.FloatColumn;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.IntColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.Metric;
import dev.aerie.engine.SparseVectorColumn;
import dev.aerie.engine.TextColumn;
import java.util.HashSet;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/// Makes Lucene documents of rows. Stateless but for the schema; safe for use by many threads.
final class RowDocuments {
  private final CollectionFields fields;
  private final RowFormat format;

  RowDocuments(CollectionFields fields) {
    this.fields = fields;
    this.format = new RowFormat(fields);
  }

  CollectionFields fields() {
    return fields;
  }

  /// @param rows complete and checked
  Document document(ColumnBatch rows, int row, long partition, long timestamp) {
    var document = new Document();
    document.add(new StringField(LuceneNames.PARTITION, Long.toString(partition), Store.NO));
    document.add(new LongPoint(LuceneNames.TIMESTAMP, timestamp));
    document.add(new NumericDocValuesField(LuceneNames.TIMESTAMP, timestamp));
    document.add(new StoredField(LuceneNames.ROW, format.write(rows, row)));
    for (var column : rows.columns()) {
      if (!column.isNull(row)) {
        add(document, fields.field(column.name()).orElseThrow(), column, row);
      }
    }
    return document;
  }

  private void add(Document document, Field field, Column column, int row) {
    if (field.primaryKey()) {
      addKey(document, column, row);
    }
    var name = LuceneNames.scalar(field.name());
    switch (column) {
      case BoolColumn bools -> addLong(document, name, bools.get(row) ? 1 : 0);
      case IntColumn ints -> addLong(document, name, ints.get(row));
      case LongColumn longs -> addLong(document, name, longs.get(row));
      case FloatColumn floats -> addDouble(document, name, floats.get(row));
      case DoubleColumn doubles -> addDouble(document, name, doubles.get(row));
      case TextColumn texts -> addText(document, field, texts.get(row));
      case ArrayColumn arrays -> addArray(document, field, arrays.get(row));
      case FloatVectorColumn vectors -> addFloats(document, field, vectors.row(row));
      case ByteVectorColumn vectors -> {
        if (field.type() == DataType.FLOAT16_VECTOR || field.type() == DataType.BFLOAT16_VECTOR) {
          addFloats(document, field, HalfFloats.toFloats(field.type(), vectors.row(row)));
        } else {
          var metric = fields.metric(field);
          document.add(
              new KnnByteVectorField(
                  LuceneNames.vector(field.name(), metric), vectors.row(row), similarity(metric)));
        }
      }
      case SparseVectorColumn vectors -> {
        var vector = vectors.get(row);
        var sparse = LuceneNames.sparse(field.name());
        var sink = new ByteSink(8 + 8 * vector.size());
        ColumnCodec.write(vector, sink);
        document.add(new BinaryDocValuesField(sparse, new BytesRef(sink.toArray())));
        for (int i = 0; i < vector.size(); i++) {
          document.add(new StringField(sparse, SparseTerms.term(vector.index(i)), Store.NO));
        }
      }
    }
  }

  private static void addKey(Document document, Column column, int row) {
    var bytes = Keys.toBytes(Keys.get(column, row));
    document.add(new StringField(LuceneNames.ID, bytes, Store.NO));
    document.add(new SortedDocValuesField(LuceneNames.ID, bytes));
  }

  private static void addLong(Document document, String name, long value) {
    document.add(new LongPoint(name, value));
    document.add(new NumericDocValuesField(name, value));
  }

  private static void addDouble(Document document, String name, double value) {
    document.add(new DoublePoint(name, value + 0.0));
    document.add(new NumericDocValuesField(name, NumericUtils.doubleToSortableLong(value + 0.0)));
  }

  private void addText(Document document, Field field, String text) {
    if (field.type() == DataType.JSON) {
      document.add(new NumericDocValuesField(LuceneNames.json(field.name()), 1));
      return;
    }
    var term = TextTerms.term(text);
    var name = LuceneNames.scalar(field.name());
    document.add(new StringField(name, term, Store.NO));
    document.add(new SortedDocValuesField(name, term));
    if (TextTerms.isCut(term)) {
      document.add(new StringField(LuceneNames.longText(field.name()), "", Store.NO));
    }
    if (fields.isAnalyzed(field)) {
      document.add(new TextField(LuceneNames.text(field.name()), text, Store.NO));
    }
  }

  private static void addArray(Document document, Field field, Column elements) {
    document.add(new NumericDocValuesField(LuceneNames.length(field.name()), elements.size()));
    var name = LuceneNames.scalar(field.name());
    var seen = new HashSet<Object>();
    for (int i = 0; i < elements.size(); i++) {
      if (!seen.add(elements.value(i).orElseThrow())) {
        continue;
      }
      switch (elements) {
        case BoolColumn bools -> document.add(new LongPoint(name, bools.get(i) ? 1 : 0));
        case IntColumn ints -> document.add(new LongPoint(name, ints.get(i)));
        case LongColumn longs -> document.add(new LongPoint(name, longs.get(i)));
        case FloatColumn floats -> document.add(new DoublePoint(name, floats.get(i) + 0.0));
        case DoubleColumn doubles -> document.add(new DoublePoint(name, doubles.get(i) + 0.0));
        case TextColumn texts -> {
          var term = TextTerms.term(texts.get(i));
          document.add(new SortedSetDocValuesField(name, term));
          document.add(new StringField(name, term, Store.NO));
        }
        case ArrayColumn _, FloatVectorColumn _, ByteVectorColumn _, SparseVectorColumn _ ->
            throw new IllegalStateException("elements of an array are scalars");
      }
    }
  }

  private void addFloats(Document document, Field field, float[] vector) {
    var metric = fields.metric(field);
    document.add(
        new KnnFloatVectorField(
            LuceneNames.vector(field.name(), metric), vector, similarity(metric)));
  }

  static VectorSimilarityFunction similarity(Metric metric) {
    return switch (metric) {
      case COSINE -> VectorSimilarityFunction.COSINE;
      case IP -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
      case L2, HAMMING, JACCARD -> VectorSimilarityFunction.EUCLIDEAN;
      case BM25, SUBSTRUCTURE, SUPERSTRUCTURE, MHJACCARD, MAX_SIM ->
          throw new IllegalStateException(metric + " compares no dense vectors");
    };
  }
}
