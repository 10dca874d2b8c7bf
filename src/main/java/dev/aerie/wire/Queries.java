package dev.aerie.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.SparseVector;
import dev.aerie.wire.proto.PlaceholderGroup;
import dev.aerie.wire.proto.PlaceholderType;
import dev.aerie.wire.proto.PlaceholderValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Vectors and texts to search for.
public final class Queries {
  private static final int SPARSE_ENTRY_BYTES = 8;

  private Queries() {}

  /// @param vectors one or more, all of one kind
  public static ByteString toProto(List<Embedding> vectors) {
    var value = PlaceholderValue.newBuilder().setTag("$0").setType(type(vectors.getFirst()));
    for (var vector : vectors) {
      value.addValues(bytes(vector));
    }
    return PlaceholderGroup.newBuilder().addPlaceholders(value).build().toByteString();
  }

  private static PlaceholderType type(Embedding vector) {
    return switch (vector) {
      case Embedding.Dense _ -> PlaceholderType.FloatVector;
      case Embedding.Sparse _ -> PlaceholderType.SparseFloatVector;
      case Embedding.Text _ -> PlaceholderType.VarChar;
      case Embedding.Packed packed ->
          switch (packed.type()) {
            case BINARY_VECTOR -> PlaceholderType.BinaryVector;
            case FLOAT16_VECTOR -> PlaceholderType.Float16Vector;
            case BFLOAT16_VECTOR -> PlaceholderType.BFloat16Vector;
            default -> PlaceholderType.Int8Vector;
          };
    };
  }

  private static ByteString bytes(Embedding vector) {
    return switch (vector) {
      case Embedding.Dense dense -> {
        var buffer =
            ByteBuffer.allocate(Float.BYTES * dense.dimension()).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(dense.toArray());
        yield ByteString.copyFrom(buffer);
      }
      case Embedding.Packed packed -> ByteString.copyFrom(packed.toArray());
      case Embedding.Sparse(SparseVector sparse) -> sparse(sparse);
      case Embedding.Text(String text) -> ByteString.copyFromUtf8(text);
    };
  }

  /// @throws IllegalArgumentException if the bytes are no placeholders of a kind known here
  public static List<Embedding> fromProto(ByteString group) {
    PlaceholderGroup placeholders;
    try {
      placeholders = PlaceholderGroup.parseFrom(group);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the query vectors cannot be read", e);
    }
    if (placeholders.getPlaceholdersCount() != 1) {
      throw new IllegalArgumentException(
          "a search takes one placeholder; got " + placeholders.getPlaceholdersCount());
    }
    var value = placeholders.getPlaceholders(0);
    var vectors = new ArrayList<Embedding>(value.getValuesCount());
    for (var bytes : value.getValuesList()) {
      vectors.add(
          switch (value.getType()) {
            case FloatVector -> dense(bytes);
            case BinaryVector -> new Embedding.Packed(DataType.BINARY_VECTOR, bytes.toByteArray());
            case Float16Vector ->
                new Embedding.Packed(DataType.FLOAT16_VECTOR, bytes.toByteArray());
            case BFloat16Vector ->
                new Embedding.Packed(DataType.BFLOAT16_VECTOR, bytes.toByteArray());
            case Int8Vector -> new Embedding.Packed(DataType.INT8_VECTOR, bytes.toByteArray());
            case SparseFloatVector -> new Embedding.Sparse(sparse(bytes));
            case VarChar -> new Embedding.Text(bytes.toStringUtf8());
            case None,
                Int64,
                EmbListBinaryVector,
                EmbListFloatVector,
                EmbListFloat16Vector,
                EmbListBFloat16Vector,
                EmbListSparseFloatVector,
                EmbListInt8Vector,
                UNRECOGNIZED ->
                throw new IllegalArgumentException(
                    "placeholders of type %s cannot be searched for"
                        .formatted(value.getTypeValue()));
          });
    }
    return vectors;
  }

  private static Embedding dense(ByteString bytes) {
    if (bytes.size() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "a query vector of %d bytes is no row of floats".formatted(bytes.size()));
    }
    var components = new float[bytes.size() / Float.BYTES];
    bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(components);
    return Embedding.of(components);
  }

  /// Pairs of index and value, little endian.
  static ByteString sparse(SparseVector vector) {
    var buffer =
        ByteBuffer.allocate(SPARSE_ENTRY_BYTES * vector.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < vector.size(); i++) {
      buffer.putInt(vector.index(i)).putFloat(vector.value(i));
    }
    return ByteString.copyFrom(buffer.flip());
  }

  static SparseVector sparse(ByteString bytes) {
    if (bytes.size() % SPARSE_ENTRY_BYTES != 0) {
      throw new IllegalArgumentException(
          "a sparse vector of %d bytes is no row of entries of 8".formatted(bytes.size()));
    }
    int size = bytes.size() / SPARSE_ENTRY_BYTES;
    var indices = new int[size];
    var values = new float[size];
    var buffer = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      indices[i] = buffer.getInt();
      values[i] = buffer.getFloat();
    }
    return new SparseVector(indices, values);
  }
}
