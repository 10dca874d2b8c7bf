package dev.aerie.expr;

import java.util.ArrayList;
import java.util.List;

/// Puts conditions together, flat and without constants inside.
final class Logic {
  private Logic() {}

  static Expr not(Expr term) {
    return switch (term) {
      case Expr.All _ -> new Expr.None();
      case Expr.None _ -> new Expr.All();
      case Expr.Not(Expr inner) -> inner;
      case Expr other -> new Expr.Not(other);
    };
  }

  static Expr and(List<Expr> terms) {
    var flat = new ArrayList<Expr>(terms.size());
    for (var term : terms) {
      switch (term) {
        case Expr.All _ -> {}
        case Expr.None none -> {
          return none;
        }
        case Expr.And(var inner) -> flat.addAll(inner);
        case Expr other -> flat.add(other);
      }
    }
    return switch (flat.size()) {
      case 0 -> new Expr.All();
      case 1 -> flat.getFirst();
      default -> new Expr.And(flat);
    };
  }

  static Expr or(List<Expr> terms) {
    var flat = new ArrayList<Expr>(terms.size());
    for (var term : terms) {
      switch (term) {
        case Expr.All all -> {
          return all;
        }
        case Expr.None _ -> {}
        case Expr.Or(var inner) -> flat.addAll(inner);
        case Expr other -> flat.add(other);
      }
    }
    return switch (flat.size()) {
      case 0 -> new Expr.None();
      case 1 -> flat.getFirst();
      default -> new Expr.Or(flat);
    };
  }

  /// Whether a sample is taken, which can only be the last thing done.
  static boolean endsInSample(Expr expr) {
    return expr instanceof Expr.RandomSample
        || expr instanceof Expr.And(var terms) && endsInSample(terms.getLast());
  }
}
