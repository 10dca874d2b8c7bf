package dev.aerie.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.engine.FieldFunction;
import dev.aerie.wire.proto.FieldSchema;
import dev.aerie.wire.proto.FunctionSchema;
import dev.aerie.wire.proto.FunctionType;
import dev.aerie.wire.proto.ValueField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Schemas, fields and functions.
public final class Schemas {
  /// Numbers below are the server's own columns.
  private static final int FIRST_FIELD_ID = 100;

  private Schemas() {}

  /// With field numbers in the fields' order, as a server tells a schema.
  public static dev.aerie.wire.proto.CollectionSchema numbered(CollectionSchema schema) {
    var proto = toProto(schema).toBuilder();
    for (int i = 0; i < proto.getFieldsCount(); i++) {
      proto.getFieldsBuilder(i).setFieldID(FIRST_FIELD_ID + i);
    }
    return proto.build();
  }

  /// Without field numbers, as a client sends a schema.
  public static dev.aerie.wire.proto.CollectionSchema toProto(CollectionSchema schema) {
    var proto =
        dev.aerie.wire.proto.CollectionSchema.newBuilder()
            .setName(schema.name())
            .setDescription(schema.description())
            .setEnableDynamicField(schema.dynamic());
    for (var field : schema.fields()) {
      proto.addFields(toProto(field));
    }
    for (var function : schema.functions()) {
      proto.addFunctions(toProto(function));
    }
    return proto.build();
  }

  /// @param name the collection's, which counts more than the one inside the message
  /// @throws IllegalArgumentException if the schema breaks a rule
  public static CollectionSchema fromProto(
      String name, dev.aerie.wire.proto.CollectionSchema proto) {
    var outputs = new HashSet<String>();
    for (var function : proto.getFunctionsList()) {
      outputs.addAll(function.getOutputFieldNamesList());
    }
    var fields = new ArrayList<Field>();
    boolean dynamic = proto.getEnableDynamicField();
    for (var field : proto.getFieldsList()) {
      if (field.getIsDynamic()) {
        dynamic = true;
      } else {
        var read = fromProto(field);
        fields.add(
            outputs.contains(read.name()) && !read.functionOutput()
                ? read.asFunctionOutput()
                : read);
      }
    }
    for (var struct : proto.getStructArrayFieldsList()) {
      fields.add(unknown(struct.getName(), "ARRAY_OF_STRUCT", struct.getDescription()));
    }
    var functions = proto.getFunctionsList().stream().map(Schemas::fromProto).toList();
    return new CollectionSchema(name, proto.getDescription(), fields, functions, dynamic);
  }

  /// @throws IllegalArgumentException if the bytes are no schema, or one that breaks a rule
  public static CollectionSchema fromBytes(String name, ByteString bytes) {
    try {
      return fromProto(name, dev.aerie.wire.proto.CollectionSchema.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the bytes of the schema cannot be read", e);
    }
  }

  /// @throws IllegalArgumentException if the bytes are no field, or one that breaks a rule
  public static Field fieldFromBytes(ByteString bytes) {
    try {
      return fromProto(FieldSchema.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the bytes of the field cannot be read", e);
    }
  }

  public static FieldSchema toProto(Field field) {
    var proto =
        FieldSchema.newBuilder()
            .setName(field.name())
            .setDescription(field.description())
            .setDataType(toProto(field.type()))
            .setIsPrimaryKey(field.primaryKey())
            .setAutoID(field.autoId())
            .setIsPartitionKey(field.partitionKey())
            .setIsClusteringKey(field.clusteringKey())
            .setNullable(field.nullable())
            .setIsFunctionOutput(field.functionOutput())
            .addAllTypeParams(Params.toProto(field.params()));
    field.elementType().ifPresent(type -> proto.setElementType(toProto(type)));
    field.defaultValue().ifPresent(value -> proto.setDefaultValue(defaultValue(field, value)));
    return proto.build();
  }

  public static Field fromProto(FieldSchema proto) {
    var type = fromProto(proto.getDataType());
    if (type == DataType.UNKNOWN) {
      return unknown(proto.getName(), typeText(proto), proto.getDescription());
    }
    return new Field(
        proto.getName(),
        type,
        type == DataType.ARRAY ? Optional.of(fromProto(proto.getElementType())) : Optional.empty(),
        proto.getDescription(),
        proto.getIsPrimaryKey(),
        proto.getAutoID(),
        proto.getIsPartitionKey(),
        proto.getIsClusteringKey(),
        proto.getNullable(),
        proto.getIsFunctionOutput(),
        defaultValue(type, proto),
        Params.fromProto(proto.getTypeParamsList()));
  }

  private static Field unknown(String name, String type, String description) {
    return Field.of(name, DataType.UNKNOWN, java.util.Map.of("type", type))
        .withDescription(description);
  }

  private static String typeText(FieldSchema proto) {
    return proto.getDataType() == dev.aerie.wire.proto.DataType.UNRECOGNIZED
        ? "type " + proto.getDataTypeValue()
        : proto.getDataType().name();
  }

  public static FunctionSchema toProto(FieldFunction function) {
    var proto =
        FunctionSchema.newBuilder()
            .setName(function.name())
            .setDescription(function.description())
            .addAllInputFieldNames(function.inputs())
            .addAllOutputFieldNames(function.outputs())
            .addAllParams(Params.toProto(function.params()));
    for (var type : FunctionType.values()) {
      if (type != FunctionType.UNRECOGNIZED && type.name().equals(function.type())) {
        proto.setType(type);
      }
    }
    return proto.build();
  }

  public static FieldFunction fromProto(FunctionSchema proto) {
    return new FieldFunction(
        proto.getName(),
        proto.getType() == FunctionType.UNRECOGNIZED
            ? "type " + proto.getTypeValue()
            : proto.getType().name(),
        proto.getDescription(),
        proto.getInputFieldNamesList(),
        proto.getOutputFieldNamesList(),
        Params.fromProto(proto.getParamsList()));
  }

  /// @throws IllegalArgumentException for UNKNOWN, which cannot be asked of a server
  public static dev.aerie.wire.proto.DataType toProto(DataType type) {
    return switch (type) {
      case BOOL -> dev.aerie.wire.proto.DataType.Bool;
      case INT8 -> dev.aerie.wire.proto.DataType.Int8;
      case INT16 -> dev.aerie.wire.proto.DataType.Int16;
      case INT32 -> dev.aerie.wire.proto.DataType.Int32;
      case INT64 -> dev.aerie.wire.proto.DataType.Int64;
      case FLOAT -> dev.aerie.wire.proto.DataType.Float;
      case DOUBLE -> dev.aerie.wire.proto.DataType.Double;
      case VARCHAR -> dev.aerie.wire.proto.DataType.VarChar;
      case ARRAY -> dev.aerie.wire.proto.DataType.Array;
      case JSON -> dev.aerie.wire.proto.DataType.JSON;
      case GEOMETRY -> dev.aerie.wire.proto.DataType.Geometry;
      case TEXT -> dev.aerie.wire.proto.DataType.Text;
      case TIMESTAMPTZ -> dev.aerie.wire.proto.DataType.Timestamptz;
      case BINARY_VECTOR -> dev.aerie.wire.proto.DataType.BinaryVector;
      case FLOAT_VECTOR -> dev.aerie.wire.proto.DataType.FloatVector;
      case FLOAT16_VECTOR -> dev.aerie.wire.proto.DataType.Float16Vector;
      case BFLOAT16_VECTOR -> dev.aerie.wire.proto.DataType.BFloat16Vector;
      case SPARSE_FLOAT_VECTOR -> dev.aerie.wire.proto.DataType.SparseFloatVector;
      case INT8_VECTOR -> dev.aerie.wire.proto.DataType.Int8Vector;
      case UNKNOWN ->
          throw new IllegalArgumentException("a field of a type not known here cannot be written");
    };
  }

  public static DataType fromProto(dev.aerie.wire.proto.DataType type) {
    return switch (type) {
      case Bool -> DataType.BOOL;
      case Int8 -> DataType.INT8;
      case Int16 -> DataType.INT16;
      case Int32 -> DataType.INT32;
      case Int64 -> DataType.INT64;
      case Float -> DataType.FLOAT;
      case Double -> DataType.DOUBLE;
      case VarChar -> DataType.VARCHAR;
      case Array -> DataType.ARRAY;
      case JSON -> DataType.JSON;
      case Geometry -> DataType.GEOMETRY;
      case Text -> DataType.TEXT;
      case Timestamptz -> DataType.TIMESTAMPTZ;
      case BinaryVector -> DataType.BINARY_VECTOR;
      case FloatVector -> DataType.FLOAT_VECTOR;
      case Float16Vector -> DataType.FLOAT16_VECTOR;
      case BFloat16Vector -> DataType.BFLOAT16_VECTOR;
      case SparseFloatVector -> DataType.SPARSE_FLOAT_VECTOR;
      case Int8Vector -> DataType.INT8_VECTOR;
      case None, String, ArrayOfVector, ArrayOfStruct, Struct, UNRECOGNIZED -> DataType.UNKNOWN;
    };
  }

  private static ValueField defaultValue(Field field, Object value) {
    var proto = ValueField.newBuilder();
    return switch (value) {
      case Boolean truth -> proto.setBoolData(truth).build();
      case String text -> proto.setStringData(text).build();
      case Number number ->
          switch (field.type()) {
            case INT8, INT16, INT32 -> proto.setIntData(number.intValue()).build();
            case FLOAT -> proto.setFloatData(number.floatValue()).build();
            case DOUBLE -> proto.setDoubleData(number.doubleValue()).build();
            case TIMESTAMPTZ -> proto.setTimestamptzData(number.longValue()).build();
            default -> proto.setLongData(number.longValue()).build();
          };
      default ->
          throw new IllegalArgumentException(
              "default of \"%s\" is a %s; defaults are truth values, numbers or texts"
                  .formatted(field.name(), value.getClass().getSimpleName()));
    };
  }

  private static Optional<Object> defaultValue(DataType type, FieldSchema proto) {
    if (!proto.hasDefaultValue()) {
      return Optional.empty();
    }
    var value = proto.getDefaultValue();
    return switch (value.getDataCase()) {
      case BOOL_DATA -> Optional.of(value.getBoolData());
      case INT_DATA -> Optional.of((long) value.getIntData());
      case LONG_DATA -> Optional.of(value.getLongData());
      case FLOAT_DATA -> Optional.of(value.getFloatData());
      case DOUBLE_DATA ->
          type == DataType.FLOAT
              ? Optional.of((float) value.getDoubleData())
              : Optional.of(value.getDoubleData());
      case STRING_DATA -> Optional.of(value.getStringData());
      case TIMESTAMPTZ_DATA -> Optional.of(value.getTimestamptzData());
      case BYTES_DATA -> Optional.of(value.getBytesData().toStringUtf8());
      case DATA_NOT_SET -> Optional.empty();
    };
  }

  /// Names of the fields a request means: `*` and nothing else becomes all that can be read back.
  public static List<String> readable(CollectionSchema schema) {
    return schema.fields().stream()
        .filter(field -> !field.functionOutput())
        .map(Field::name)
        .toList();
  }
}
