package dev.aerie.expr;

import dev.aerie.engine.Field;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts a text into tokens, as the analyzer of a field does.
public interface Tokens {
  /// In their order.
  List<String> of(Field field, String text);

  /// Words in lower case, whatever the field's analyzer: runs of letters and digits.
  static List<String> words(String text) {
    var words = new ArrayList<String>();
    var breaks = BreakIterator.getWordInstance(Locale.ROOT);
    breaks.setText(text);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      if (Character.isLetterOrDigit(text.codePointAt(start))) {
        words.add(text.substring(start, end).toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }
}
