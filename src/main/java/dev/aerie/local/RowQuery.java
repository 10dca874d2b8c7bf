package dev.aerie.local;

import dev.aerie.expr.Expr;
import dev.aerie.expr.RowEvaluator;
import dev.aerie.expr.Truth;
import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;

/// The rows of which an expression is true, or false, found out from the stored row: for what no
/// index answers. Its cost is told to the planner of conjunctions, which asks it last.
final class RowQuery extends Query {
  /// Beside a comparison of one number, roughly.
  private static final float MATCH_COST = 1_000;

  private final Expr expr;
  private final Truth wanted;
  private final CollectionFields fields;
  private final RowEvaluator evaluator;

  RowQuery(Expr expr, Truth wanted, CollectionFields fields, RowEvaluator evaluator) {
    this.expr = expr;
    this.wanted = wanted;
    this.fields = fields;
    this.evaluator = evaluator;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
        var rows = new StoredRows(context.reader().storedFields(), fields);
        var all = DocIdSetIterator.all(context.reader().maxDoc());
        var matching =
            new TwoPhaseIterator(all) {
              @Override
              public boolean matches() throws IOException {
                return evaluator.evaluate(expr, rows.row(approximation.docID())) == wanted;
              }

              @Override
              public float matchCost() {
                return MATCH_COST;
              }
            };
        return new DefaultScorerSupplier(new ConstantScoreScorer(score(), scoreMode, matching));
      }

      @Override
      public boolean isCacheable(LeafReaderContext context) {
        return false;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return "row by row: %s is %s".formatted(expr, wanted);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowQuery query && expr.equals(query.expr) && wanted == query.wanted;
  }

  @Override
  public int hashCode() {
    return 31 * expr.hashCode() + wanted.hashCode();
  }
}
