package dev.aerie.expr;

import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/// What could be written next in a filter that is being typed. Stateless but for what it is given;
/// safe for use by many threads.
public final class Completion {
  /// What stands before the caret and is being replaced: a word, or a path up to an open key.
  private static final Pattern OPEN_KEY =
      Pattern.compile("([A-Za-z_$][A-Za-z0-9_]*)\\[(?:([\"'])([^\"'\\]]*))?$");

  private static final Pattern WORD = Pattern.compile("[A-Za-z_$][A-Za-z0-9_]*$");

  private final CollectionSchema schema;
  private final Map<String, List<String>> jsonKeys;

  /// @param jsonKeys keys seen in JSON fields, by field; those of `$meta` complete as plain names
  public Completion(CollectionSchema schema, Map<String, List<String>> jsonKeys) {
    this.schema = schema;
    this.jsonKeys = Map.copyOf(jsonKeys);
  }

  /// What a suggestion is.
  public enum Kind {
    FIELD,
    KEY,
    OPERATOR,
    FUNCTION,
    VALUE
  }

  /// @param text to put in place of the chars from `from` to the caret
  /// @param detail for a person: a field's type, an example of an operator
  public record Suggestion(String text, Kind kind, String detail, int from) {}

  /// @param caret 0…text.length()
  /// @return the best first; empty inside a string and where nothing of the language fits
  public List<Suggestion> at(String text, int caret) {
    var before = text.substring(0, caret);
    var key = OPEN_KEY.matcher(before);
    if (key.find() && isKeyed(key.group(1))) {
      return keys(key.group(1), Optional.ofNullable(key.group(3)).orElse(""), key.start());
    }
    var word = WORD.matcher(before);
    int from = word.find() ? word.start() : caret;
    var typed = before.substring(from);
    var tokens = tokens(before.substring(0, from));
    var all = new ArrayList<Suggestion>();
    if (!tokens.isEmpty() && isOpenString(tokens.getLast())) {
      return List.of();
    }
    if (tokens.isEmpty() || beginsOperand(tokens.getLast())) {
      operands(tokens, from, all);
    } else {
      operators(tokens, from, all);
    }
    var wanted = typed.toLowerCase(Locale.ROOT);
    return all.stream()
        .filter(one -> one.text().toLowerCase(Locale.ROOT).startsWith(wanted))
        .filter(one -> !one.text().equals(typed))
        .toList();
  }

  private boolean isKeyed(String name) {
    return name.equals(Field.DYNAMIC) && schema.dynamic()
        || schema.field(name).filter(field -> field.type() == DataType.JSON).isPresent();
  }

  private List<Suggestion> keys(String field, String typed, int from) {
    return jsonKeys.getOrDefault(field, List.of()).stream()
        .filter(key -> key.startsWith(typed))
        .map(
            key ->
                new Suggestion(
                    field + "[" + Constant.quote(key) + "]", Kind.KEY, "key of " + field, from))
        .toList();
  }

  private static List<Token> tokens(String text) {
    var lexer = new FilterGrammarLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    return List.copyOf(lexer.getAllTokens());
  }

  private static boolean isOpenString(Token token) {
    return token.getType() == FilterGrammarLexer.Other
        && (token.getText().equals("\"") || token.getText().equals("'"));
  }

  private static boolean beginsOperand(Token before) {
    return switch (before.getType()) {
      case FilterGrammarLexer.Identifier,
          FilterGrammarLexer.Path,
          FilterGrammarLexer.Integer,
          FilterGrammarLexer.Real,
          FilterGrammarLexer.Truth,
          FilterGrammarLexer.StringLiteral,
          FilterGrammarLexer.IS_NULL,
          FilterGrammarLexer.IS_NOT_NULL ->
          false;
      default -> !")]}".contains(before.getText());
    };
  }

  private void operands(List<Token> before, int from, List<Suggestion> all) {
    var compared = compared(before);
    if (compared.isPresent()) {
      if (compared.get().type() == DataType.BOOL) {
        all.add(new Suggestion("true", Kind.VALUE, "", from));
        all.add(new Suggestion("false", Kind.VALUE, "", from));
      }
      return;
    }
    for (var field : schema.fields()) {
      if (!field.type().isVector()) {
        all.add(new Suggestion(field.name(), Kind.FIELD, field.typeName(), from));
      }
    }
    if (schema.dynamic()) {
      for (var key : jsonKeys.getOrDefault(Field.DYNAMIC, List.of())) {
        var name =
            Pattern.matches("[A-Za-z_][A-Za-z0-9_]*", key)
                ? key
                : Field.DYNAMIC + "[" + Constant.quote(key) + "]";
        all.add(new Suggestion(name, Kind.KEY, "dynamic", from));
      }
    }
    all.add(new Suggestion("not ", Kind.OPERATOR, "not (a == 1)", from));
    if (has(DataType.JSON) || schema.dynamic()) {
      all.add(new Suggestion("exists ", Kind.OPERATOR, "exists field[\"key\"]", from));
      all.add(function("json_contains", "(field[\"key\"], 1)", from));
      all.add(function("json_contains_any", "(field[\"key\"], [1, 2])", from));
      all.add(function("json_contains_all", "(field[\"key\"], [1, 2])", from));
    }
    if (has(DataType.ARRAY)) {
      all.add(function("array_contains", "(field, 1)", from));
      all.add(function("array_contains_any", "(field, [1, 2])", from));
      all.add(function("array_contains_all", "(field, [1, 2])", from));
      all.add(function("array_length", "(field) > 1", from));
    }
    if (schema.fields().stream().anyMatch(Field::matchEnabled)) {
      all.add(function("text_match", "(field, \"any of these words\")", from));
      all.add(function("phrase_match", "(field, \"words in order\", 2)", from));
    }
    all.add(function("random_sample", "(0.01)", from));
  }

  private boolean has(DataType type) {
    return schema.fields().stream().anyMatch(field -> field.type() == type);
  }

  private static Suggestion function(String name, String arguments, int from) {
    return new Suggestion(name + "(", Kind.FUNCTION, name + arguments, from);
  }

  /// The field left of a comparison that waits for its value.
  private Optional<Field> compared(List<Token> before) {
    if (before.size() < 2) {
      return Optional.empty();
    }
    return switch (before.getLast().getText()) {
      case "==", "!=", "<", "<=", ">", ">=" ->
          schema.field(before.get(before.size() - 2).getText());
      default -> Optional.empty();
    };
  }

  private void operators(List<Token> before, int from, List<Suggestion> all) {
    var last = before.getLast();
    boolean name =
        last.getType() == FilterGrammarLexer.Identifier
            || last.getType() == FilterGrammarLexer.Path;
    if (name && !isValue(before)) {
      var field = schema.field(last.getText());
      boolean path = last.getType() == FilterGrammarLexer.Path || field.isEmpty();
      var type = field.map(Field::type).orElse(DataType.JSON);
      boolean text = path || type == DataType.VARCHAR;
      if (path || type != DataType.JSON && type != DataType.ARRAY) {
        add(all, from, "== ", "!= ");
        if (path || type != DataType.BOOL) {
          add(all, from, "> ", ">= ", "< ", "<= ", "in [", "not in [");
        }
        if (text) {
          all.add(new Suggestion("like ", Kind.OPERATOR, "like \"%part%\"", from));
        }
      }
      if (path || field.filter(Field::nullable).isPresent()) {
        add(all, from, "is null", "is not null");
      }
      return;
    }
    add(all, from, "and ", "or ");
  }

  /// Whether the name before the caret is the right side of a comparison.
  private static boolean isValue(List<Token> before) {
    return before.size() > 1
        && switch (before.get(before.size() - 2).getText()) {
          case "==", "!=", "<", "<=", ">", ">=" -> true;
          default -> false;
        };
  }

  private static void add(List<Suggestion> all, int from, String... operators) {
    for (var operator : operators) {
      all.add(new Suggestion(operator, Kind.OPERATOR, "", from));
    }
  }
}
