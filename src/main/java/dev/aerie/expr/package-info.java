/// Milvus' filter language: from text to a typed tree, and what a tree says of a row.
///
/// [FilterParser] reads a [dev.aerie.engine.Filter] against a schema and answers an [Expr]. All
/// typing happens there, once: constants arrive in the class of their field (an integer literal on
/// a FLOAT column is a real number already, a template is its value, a timestamp is microseconds),
/// constant arithmetic is folded, and what cannot hold for any row is [Expr.None]. Whoever compiles
/// a tree switches over the sealed types and has nothing left to check.
///
/// Three-valued logic, as in SQL: a comparison with a missing value is neither true nor false, and
/// only rows for which the whole is true match. [RowEvaluator] is the meaning of the tree in its
/// plainest form; a compiled filter is right where it agrees with it.
///
/// ANTLR lives here and nowhere else. Not here: indexes, statistics, Lucene.
@NullMarked
package dev.aerie.expr;

import org.jspecify.annotations.NullMarked;
