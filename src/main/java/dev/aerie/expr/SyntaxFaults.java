package dev.aerie.expr;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/// Turns the first syntax error into a sentence.
final class SyntaxFaults extends BaseErrorListener {
  private static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "or",
          "not",
          "in",
          "like",
          "exists",
          "text_match",
          "phrase_match",
          "random_sample",
          "json_contains",
          "json_contains_all",
          "json_contains_any",
          "array_contains",
          "array_contains_all",
          "array_contains_any",
          "array_length",
          "iso",
          "interval");

  @Override
  public void syntaxError(
      Recognizer<?, ?> recognizer,
      @Nullable Object offending,
      int line,
      int column,
      String message,
      @Nullable RecognitionException cause) {
    var parser = (Parser) recognizer;
    var token = cause == null ? parser.getCurrentToken() : cause.getOffendingToken();
    throw FilterFault.at(
        token, "unexpected %s; %s".formatted(shown(token), advice(parser, token, cause)));
  }

  private static String advice(Parser parser, Token token, @Nullable RecognitionException cause) {
    var text = token.getText();
    int before = token.getTokenIndex() - 1;
    var previous = before < 0 ? "" : parser.getTokenStream().get(before).getText();
    return switch (text) {
      case "=" -> "write == to compare";
      case "\"", "'" -> "the string that begins here does not end";
      case "<", ">" -> previous.equals("<") ? "write != for not equal" : expected(parser, cause);
      case "." -> "write a path as field[\"key\"]";
      default -> {
        if (token.getType() == FilterGrammarLexer.Identifier) {
          var lower = text.toLowerCase(Locale.ROOT);
          if (KEYWORDS.contains(lower)) {
            yield "write %s or %s".formatted(lower, lower.toUpperCase(Locale.ROOT));
          }
          if (lower.equals("is")) {
            yield "write \"is null\" or \"is not null\" in one case and with single blanks";
          }
          if (lower.equals("between")) {
            yield "write a range as 1 <= field <= 2";
          }
        }
        yield expected(parser, cause);
      }
    };
  }

  private static String expected(Parser parser, @Nullable RecognitionException cause) {
    var tokens = cause == null ? parser.getExpectedTokens() : expectedBy(parser, cause);
    var words = new ArrayList<String>();
    if (tokens.contains(FilterGrammarLexer.Integer)) {
      words.add("a field, a value or a condition");
    }
    if (tokens.contains(FilterGrammarLexer.AND)) {
      words.add("an operator");
    }
    for (int type : tokens.toSet()) {
      var literal = FilterGrammarLexer.VOCABULARY.getLiteralName(type);
      if (literal != null && ("')'".equals(literal) || "']'".equals(literal))) {
        words.add(literal.replace('\'', '"'));
      }
    }
    if (tokens.contains(Token.EOF)) {
      words.add("the end");
    }
    return words.isEmpty() ? "that cannot stand here" : "expected " + String.join(" or ", words);
  }

  private static IntervalSet expectedBy(Parser parser, RecognitionException cause) {
    var tokens = cause.getExpectedTokens();
    return tokens == null ? parser.getExpectedTokens() : tokens;
  }

  private static String shown(Token token) {
    return token.getType() == Token.EOF ? "end" : "\"" + token.getText() + "\"";
  }
}
