package dev.aerie.expr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Sloppy phrases as Lucene's `PhraseQuery` counts them: each token of the phrase stands somewhere
/// in the text, no two at one place, and the spread of (place in text − place in phrase) is at most
/// the slop.
final class Phrase {
  private Phrase() {}

  static boolean matches(List<String> text, List<String> phrase, int slop) {
    if (phrase.isEmpty()) {
      return false;
    }
    var places = new ArrayList<List<Integer>>(phrase.size());
    for (var token : phrase) {
      var found = new ArrayList<Integer>();
      for (int i = 0; i < text.size(); i++) {
        if (text.get(i).equals(token)) {
          found.add(i);
        }
      }
      if (found.isEmpty()) {
        return false;
      }
      places.add(found);
    }
    return fits(places, 0, new HashSet<>(), Integer.MAX_VALUE, Integer.MIN_VALUE, slop);
  }

  private static boolean fits(
      List<List<Integer>> places, int token, Set<Integer> taken, int least, int most, int slop) {
    if (token == places.size()) {
      return true;
    }
    for (int place : places.get(token)) {
      int shift = place - token;
      int low = Math.min(least, shift);
      int high = Math.max(most, shift);
      if ((long) high - low <= slop && taken.add(place)) {
        if (fits(places, token + 1, taken, low, high, slop)) {
          return true;
        }
        taken.remove(place);
      }
    }
    return false;
  }
}
