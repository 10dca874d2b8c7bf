package dev.aerie.expr;

import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;

/// Finds what a name or path in a filter stands for.
final class Names {
  private final CollectionSchema schema;

  Names(CollectionSchema schema) {
    this.schema = schema;
  }

  /// A whole JSON field comes back as a path without steps.
  Ref resolve(String text, ParserRuleContext place) {
    int bracket = text.indexOf('[');
    var name = bracket < 0 ? text : text.substring(0, bracket);
    var steps = bracket < 0 ? new ArrayList<Ref.Step>() : steps(text, bracket, place);
    var found = schema.field(name);
    if (name.equals(Field.DYNAMIC) && schema.dynamic()) {
      return new Ref.JsonPath(dynamic(), steps);
    }
    if (found.isEmpty()) {
      if (!schema.dynamic()) {
        throw FilterFault.at(
            place,
            "field %s not exist; the collection has %s"
                .formatted(
                    name, String.join(", ", schema.fields().stream().map(Field::name).toList())));
      }
      steps.addFirst(new Ref.Step.Key(name));
      return new Ref.JsonPath(dynamic(), steps);
    }
    var field = found.get();
    if (field.type() == DataType.JSON) {
      return new Ref.JsonPath(field, steps);
    }
    if (steps.isEmpty()) {
      return new Ref.Column(field);
    }
    if (field.type() != DataType.ARRAY) {
      throw FilterFault.at(
          place,
          "%s data type not supported accessed with []; only JSON and ARRAY fields are"
              .formatted(typeName(field.type())));
    }
    if (steps.size() != 1 || !(steps.getFirst() instanceof Ref.Step.Index(int index))) {
      throw FilterFault.at(
          place,
          "can only access array field with integer index, such as %s[0]".formatted(field.name()));
    }
    return new Ref.ArrayElement(field, index);
  }

  private static List<Ref.Step> steps(String path, int firstBracket, ParserRuleContext place) {
    var steps = new ArrayList<Ref.Step>();
    int at = firstBracket;
    while (at < path.length()) {
      char first = path.charAt(at + 1);
      if (first == '"' || first == '\'') {
        int end = at + 2;
        while (path.charAt(end) != first) {
          end += path.charAt(end) == '\\' ? 2 : 1;
        }
        steps.add(new Ref.Step.Key(Literals.text(path.substring(at + 1, end + 1), place)));
        at = end + 2;
      } else {
        int end = path.indexOf(']', at);
        var digits = path.substring(at + 1, end);
        try {
          steps.add(new Ref.Step.Index(Integer.parseInt(digits)));
        } catch (NumberFormatException e) {
          throw FilterFault.at(place, "index %s is too large for a list".formatted(digits));
        }
        at = end + 1;
      }
    }
    return steps;
  }

  private static Field dynamic() {
    return Field.scalar(Field.DYNAMIC, DataType.JSON).withNullable();
  }

  /// A type as Milvus' messages write it.
  static String typeName(DataType type) {
    return switch (type) {
      case BOOL -> "Bool";
      case INT8 -> "Int8";
      case INT16 -> "Int16";
      case INT32 -> "Int32";
      case INT64 -> "Int64";
      case FLOAT -> "Float";
      case DOUBLE -> "Double";
      case VARCHAR -> "VarChar";
      case ARRAY -> "Array";
      case JSON -> "JSON";
      case GEOMETRY -> "Geometry";
      case TEXT -> "Text";
      case TIMESTAMPTZ -> "Timestamptz";
      case BINARY_VECTOR -> "BinaryVector";
      case FLOAT_VECTOR -> "FloatVector";
      case FLOAT16_VECTOR -> "Float16Vector";
      case BFLOAT16_VECTOR -> "BFloat16Vector";
      case SPARSE_FLOAT_VECTOR -> "SparseFloatVector";
      case INT8_VECTOR -> "Int8Vector";
      case UNKNOWN -> "Unknown";
    };
  }
}
