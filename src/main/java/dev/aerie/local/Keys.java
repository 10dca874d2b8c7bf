package dev.aerie.local;

import dev.aerie.engine.Column;
import dev.aerie.engine.DataType;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.TextColumn;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/// Keys of rows as terms whose byte order is the order of the keys.
final class Keys {
  /// Lucene keeps no longer term.
  static final int MAX_BYTES = 32_000;

  private Keys() {}

  static BytesRef toBytes(Object id) {
    return switch (id) {
      case Long number -> {
        var bytes = new byte[Long.BYTES];
        NumericUtils.longToSortableBytes(number, bytes, 0);
        yield new BytesRef(bytes);
      }
      default -> new BytesRef(id.toString());
    };
  }

  static Object toId(DataType type, BytesRef bytes) {
    return type == DataType.INT64
        ? (Object) NumericUtils.sortableBytesToLong(bytes.bytes, bytes.offset)
        : bytes.utf8ToString();
  }

  static Term term(Object id) {
    return new Term(LuceneNames.ID, toBytes(id));
  }

  static Object get(Column ids, int row) {
    return switch (ids) {
      case LongColumn longs -> (Object) longs.get(row);
      case TextColumn texts -> texts.get(row);
      default -> throw new IllegalStateException(ids.type() + " is no type of a key");
    };
  }

  static Column column(Field key, List<Object> ids) {
    if (key.type() == DataType.INT64) {
      return new LongColumn(key.name(), ids.stream().mapToLong(id -> (Long) id).toArray());
    }
    return new TextColumn(key.name(), ids.stream().map(Object::toString).toArray(String[]::new));
  }

  /// A key as a caller gave it, in the type of the key field.
  ///
  /// @throws EngineException `INVALID_ARGUMENT` if it is of another type
  static Object checked(Field key, Object id) {
    if (key.type() == DataType.INT64) {
      if (id instanceof Long || id instanceof Integer) {
        return ((Number) id).longValue();
      }
    } else if (id instanceof String) {
      return id;
    }
    throw new EngineException(
        ErrorCode.INVALID_ARGUMENT,
        "key \"%s\" is of type %s; \"%s\" is %s"
            .formatted(id, id.getClass().getSimpleName(), key.name(), key.type()));
  }

  /// A key from the text a cursor holds.
  static Object parse(Field key, String text) {
    if (key.type() != DataType.INT64) {
      return text;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "\"%s\" is no key of \"%s\", which is INT64".formatted(text, key.name()),
          e);
    }
  }
}
