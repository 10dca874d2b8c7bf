package dev.aerie.service.tune;

import dev.aerie.layout.Points;

/// Where the queries come from.
public sealed interface QuerySource {
  /// Rows drawn at random and taken out of what is searched.
  ///
  /// @param count at least 1
  record HeldOut(int count, long seed) implements QuerySource {
    public HeldOut {
      if (count < 1) {
        throw new IllegalArgumentException("a query set needs at least 1 query; got " + count);
      }
    }
  }

  /// A person's own vectors, from a file or the search history.
  record Own(Points queries) implements QuerySource {
    public Own {
      if (queries.count() < 1) {
        throw new IllegalArgumentException("the query set is empty");
      }
    }
  }
}
